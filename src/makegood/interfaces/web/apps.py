"""Django's name for the pages."""

from django.apps import AppConfig


class Config(AppConfig):
    """makegood.interfaces.web."""

    name = "makegood.interfaces.web"
    label = "web"
