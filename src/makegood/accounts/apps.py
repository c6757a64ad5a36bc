"""Django's name for this package."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.accounts."""

    name = "makegood.accounts"
    label = "accounts"
