"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.insight."""

    name = "makegood.insight"
    label = "insight"
