"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.work."""

    name = "makegood.work"
    label = "work"
