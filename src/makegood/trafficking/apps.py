"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.trafficking."""

    name = "makegood.trafficking"
    label = "trafficking"
