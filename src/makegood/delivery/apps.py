"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.delivery."""

    name = "makegood.delivery"
    label = "delivery"
