"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.core."""

    name = "makegood.core"
    label = "core"
