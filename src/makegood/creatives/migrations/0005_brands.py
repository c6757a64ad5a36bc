import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_promises_in_force'),
        ('creatives', '0004_uploads'),
    ]

    operations = [
        migrations.AddField(
            model_name='creative',
            name='brand',
            field=models.ForeignKey(blank=True, help_text='empty: it is for the advertiser itself', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.brand'),
        ),
    ]
