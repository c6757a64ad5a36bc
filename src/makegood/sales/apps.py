"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.sales."""

    name = "makegood.sales"
    label = "sales"
