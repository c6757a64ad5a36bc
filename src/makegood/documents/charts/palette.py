"""The colours of charts: the tokens of the pages, in light, in dark, and as the page's own CSS variables.

PAGE is for SVG placed inside a page: it changes theme with the page and needs no script.
"""

from dataclasses import dataclass, fields
from typing import Literal

Theme = Literal["light", "dark", "page"]


@dataclass(frozen=True)
class Palette:
    """Token names as in the style sheet, without their prefix; `fill` colours are for bars, never text."""

    surface: str
    line: str
    line_2: str
    ink: str
    ink_2: str
    muted: str
    brand: str
    ok: str
    ok_fill: str
    watch: str
    watch_fill: str
    risk: str
    risk_fill: str
    blocked: str
    blocked_fill: str
    bar: str
    bar_2: str
    seq_1: str
    seq_2: str
    seq_3: str
    seq_4: str
    on_seq_1: str
    on_seq_2: str
    on_seq_3: str
    on_seq_4: str

    def text(self, state: str) -> str:
        """The text colour of a state; ink for a state without colour."""
        return {"ok": self.ok, "watch": self.watch, "risk": self.risk, "blocked": self.blocked}.get(state, self.ink)

    def fill(self, state: str) -> str:
        """The bar colour of a state; slate for a state without colour."""
        fills = {"ok": self.ok_fill, "watch": self.watch_fill, "risk": self.risk_fill, "blocked": self.blocked_fill}
        return fills.get(state, self.bar)

    def sequence(self) -> tuple[tuple[str, str], ...]:
        """Fill and the text colour on it, dark to light."""
        return (
            (self.seq_1, self.on_seq_1),
            (self.seq_2, self.on_seq_2),
            (self.seq_3, self.on_seq_3),
            (self.seq_4, self.on_seq_4),
        )


_LIGHT = (
    "#ffffff #e2e6e9 #c5cdd3 #14202a #44515d #5f6c78 #0a6a7b #1f7039 #57a36a #875700 #bf861a #b0311d #d9634d"
    " #673a97 #9474c3 #5d6b78 #aab4bd #2c4552 #4b6d7e #a9c0ca #dbe5e9 #ffffff #ffffff #14202a #14202a"
)
_DARK = (
    "#141b21 #253039 #3c4a55 #e7edf1 #b5c1ca #8f9ca7 #56bfd0 #6cc484 #4c9a61 #e3b04b #c48f2a #f08b76 #cf5f4a"
    " #bfa0ec #8d6cc0 #94a3af #566470 #a9c4cf #7d9dab #46606d #2b3b45 #0d1317 #0d1317 #e7edf1 #e7edf1"
)
LIGHT = Palette(*_LIGHT.split())
DARK = Palette(*_DARK.split())
PAGE = Palette(*(f"var(--mg-{field.name.replace('_', '-')})" for field in fields(Palette)))
THEMES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK, "page": PAGE}
