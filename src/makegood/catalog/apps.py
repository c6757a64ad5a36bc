"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.catalog."""

    name = "makegood.catalog"
    label = "catalog"
