"""What a web process keeps is set apart once, pages and all."""

import gc
import sys

from makegood.config import settled


def test_pages_are_loaded_and_set_apart():
    before = gc.get_freeze_count()
    try:
        settled.down()
        assert "makegood.interfaces.web.today.views" in sys.modules
        assert gc.get_freeze_count() > before + 100_000
    finally:
        gc.unfreeze()
