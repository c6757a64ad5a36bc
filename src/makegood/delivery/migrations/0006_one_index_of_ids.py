"""The ids of events seen are only ever looked up whole: the index for beginnings of them was a fifth of counting's writing."""

from django.db import migrations

NAME = "delivery_seenevent_id_ab5cc8ef_like"


class Migration(migrations.Migration):

    dependencies = [("delivery", "0005_reach")]

    operations = [
        migrations.RunSQL(f"DROP INDEX IF EXISTS {NAME}", f"CREATE INDEX {NAME} ON delivery_seenevent (id varchar_pattern_ops)"),
    ]
