"""Makes a database available to this process: DATABASE_URL as given, else the embedded cluster of this home."""

import contextlib
import os
from collections.abc import Iterator

from makegood.config import home, postgres
from makegood.config.postgres import cluster


@contextlib.contextmanager
def available() -> Iterator[str]:
    """Yields the database URL, with DATABASE_URL and Django's settings set; stops what it started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.config.settings")
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    with cluster.running(postgres.Cluster(home.folder("postgres"))) as server:
        os.environ["DATABASE_URL"] = server.url()
        try:
            yield server.url()
        finally:
            del os.environ["DATABASE_URL"]


@contextlib.contextmanager
def ready() -> Iterator[None]:
    """`available`, migrated, with Django set up: what an operation on the command line needs."""
    with available():
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        yield
