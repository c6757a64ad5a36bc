"""What consent comes to for an ad server."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Permits:
    """`identifier`: a frequency counter may be kept on the device; `personal`: audiences may decide the ad."""

    identifier: bool
    personal: bool

    def __and__(self, other: Permits) -> Permits:
        """What both permit."""
        return Permits(self.identifier and other.identifier, self.personal and other.personal)


ALL, NOTHING = Permits(True, True), Permits(False, False)
