"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.creatives."""

    name = "makegood.creatives"
    label = "creatives"
