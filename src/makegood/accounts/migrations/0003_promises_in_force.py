"""Categories that agreements in force promise alone become promises the database keeps."""

from django.db import IntegrityError, migrations, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
import datetime


def promise(apps, schema_editor):
    """The older agreement keeps what two of them promise; the younger one's page then shows the conflict."""
    rows = apps.get_model("accounts", "Exclusivity").objects
    for one in apps.get_model("accounts", "Contract").objects.filter(status="active").exclude(exclusive_category="").order_by("pk"):
        days = DateRange(one.start, one.end + datetime.timedelta(days=1))
        try:
            with transaction.atomic():
                rows.create(contract=one, account_id=one.account_id, category=one.exclusive_category, days=days)
        except IntegrityError:
            continue


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_rules_of_trade")]

    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
