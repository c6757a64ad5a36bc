from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_packages'),
    ]

    operations = [
        migrations.AddField(
            model_name='contractrate',
            name='last',
            field=models.DateField(blank=True, help_text='its last day, where it was ended before the agreement', null=True),
        ),
    ]
