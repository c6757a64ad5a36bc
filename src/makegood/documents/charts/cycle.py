"""Cycle time by stage, stacked by who was waited for: us slate, client amber, partner light grey."""

from dataclasses import dataclass

import altair as alt

from makegood.documents.charts import canvas
from makegood.documents.charts.palette import Palette

KEY_PX = 26


@dataclass(frozen=True, kw_only=True)
class StageTime:
    """Mean days a stage takes, by who was waited for."""

    name: str
    us: float
    client: float
    partner: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CycleBars:
    """Stages in the order of work."""

    title: str
    stages: tuple[StageTime, ...]
    subtitle: str = ""

    def draw(self, colours: Palette, width: int, height: int) -> canvas.Drawing:
        """A key in words above, then one row per stage with its days at the end of the bar."""
        row, left, right = (height - KEY_PX) / len(self.stages), 118.0, width - 64.0
        top = max([0.1, *(stage.us + stage.client + stage.partner for stage in self.stages)])
        fills = (colours.bar, colours.watch_fill, colours.bar_2)
        names, values, drawn = self._key(colours, left), [], self._squares(colours, left)
        for at, stage in enumerate(self.stages):
            middle, x = KEY_PX + row * (at + 0.5), left
            names.append(canvas.text(stage.name, 0, middle, colours.ink))
            for days, fill in zip((stage.us, stage.client, stage.partner), fills, strict=True):
                x2 = x + (right - left) * days / top
                if days > 0:
                    drawn.append({"x": x, "x2": max(x + 1, x2 - 1), "y": middle - 7, "y2": middle + 7, "colour": fill})
                x = x2
            days = stage.us + stage.client + stage.partner
            values.append(canvas.text(f"{days:.1f} days", width, middle, colours.ink, 500))
        return alt.layer(canvas.bars(drawn), canvas.texts(names), canvas.texts(values, "right"))

    def _key(self, colours: Palette, left: float) -> list[canvas.Row]:
        words = ("waiting for us", "for the client", "for a partner")
        return [canvas.text(word, left + 14 + at * 110, 8, colours.ink_2) for at, word in enumerate(words)]

    def _squares(self, colours: Palette, left: float) -> list[canvas.Row]:
        fills = (colours.bar, colours.watch_fill, colours.bar_2)
        return [
            {"x": left + at * 110, "x2": left + at * 110 + 9, "y": 3.5, "y2": 12.5, "colour": fill}
            for at, fill in enumerate(fills)
        ]
