"""The `makegood` program: the operations of interfaces.cli, and the commands that run the installation itself."""

import os

from makegood.config import database, demo, doctor, serve
from makegood.interfaces.cli import main as operations


def main() -> None:
    """Entry point. Operations open the database only when they need it, through the context passed to them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.config.settings")
    app = operations.app
    app.command("serve")(serve.serve)
    app.command("doctor")(doctor.doctor)
    app.command("demo")(demo.demo)
    app(obj=database.ready)
