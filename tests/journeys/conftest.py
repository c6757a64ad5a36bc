"""Journeys use what the pages' own tests use: signed-in clients, and a browser signed in on a running server."""

from tests.interfaces.web.conftest import chromium, page, web

__all__ = ["chromium", "page", "web"]
