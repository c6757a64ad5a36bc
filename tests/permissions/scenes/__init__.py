"""Where a write can have its effect: for each address the records it needs, made by the real actions, and what is sent.

The world's own records are taken where they will do; a scene is set inside a savepoint and taken back after its write.
"""

from tests.permissions.scenes import (  # noqa: F401  they enter their scenes
    accounts,
    billing,
    changes,
    creatives,
    lists,
    orders,
    portal,
    sales,
    trafficking,
    verbs,
)
from tests.permissions.scenes.setting import SCENES, Sent

__all__ = ["SCENES", "Sent"]
