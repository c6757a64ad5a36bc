"""The engine is arithmetic: its tests need no folders, settings or rows of their own."""

import pytest
from hypothesis import settings

settings.register_profile("engine", deadline=None)  # several suites share a machine
settings.load_profile("engine")


@pytest.fixture(autouse=True)
def _own_folders() -> None:
    """Replaces the suite's fixture of the same name."""
