"""The engine is arithmetic: its tests need no folders, settings or rows of their own."""

import pytest


@pytest.fixture(autouse=True)
def _own_folders() -> None:
    """Replaces the suite's fixture of the same name."""
