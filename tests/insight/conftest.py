"""The pages' test client, here too."""

from tests.interfaces.web.conftest import web

__all__ = ["web"]
