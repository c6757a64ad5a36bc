"""Django's name for this package, and the loading of every package's rules."""

import importlib
import importlib.util

from django.apps import AppConfig, apps


class Config(AppConfig):
    """makegood.core."""

    name = "makegood.core"
    label = "core"

    def ready(self) -> None:
        """Load each record package's rules.py once, so that every verb is declared before the first request."""
        for config in apps.get_app_configs():
            if config.name.startswith("makegood.") and importlib.util.find_spec(f"{config.name}.rules"):
                importlib.import_module(f"{config.name}.rules")
