"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.billing."""

    name = "makegood.billing"
    label = "billing"
