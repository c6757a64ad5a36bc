"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.orders."""

    name = "makegood.orders"
    label = "orders"
