"""The promise bar: delivered, projected with its interval, promised; on a scale of 0 to 110 % of the goal."""

import dataclasses
from decimal import Decimal

from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry

Number = int | float | Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Promise:
    """`goal` what was promised, in `unit`; `projected` and its interval `low` to `high` are the forecast of the finish."""

    goal: Number
    delivered: Number
    projected: Number | None = None
    low: Number | None = None
    high: Number | None = None
    state: str = "ok"
    unit: str = "impressions"

    def _share(self, value: Number) -> float:
        return float(value) / (float(self.goal) * 1.1) if self.goal else 0.0

    @property
    def track(self) -> geometry.Bar:
        """The promise as a light lane."""
        return geometry.bar(0, self._share(self.goal), "f-track")

    @property
    def bars(self) -> list[geometry.Bar]:
        """Delivered, then what is still expected."""
        done = self._share(self.delivered)
        found = [geometry.bar(0, done, "f-bar")] if done else []
        if self.projected is not None and self._share(self.projected) > done:
            found.append(geometry.bar(done, self._share(self.projected), f"f-{self.state}"))
        return found

    @property
    def whisker(self) -> tuple[str, str, str] | None:
        """Start, width and end of the interval, or None when no interval is known."""
        if self.low is None or self.high is None or self.low == self.high:
            return None
        line = geometry.bar(self._share(self.low), self._share(self.high), "i")
        return line.x, line.width, geometry.percent(self._share(self.high))

    @property
    def tick(self) -> str:
        """Where the promise stands."""
        return geometry.percent(self._share(self.goal))

    @property
    def words(self) -> str:
        """The bar as a sentence, for those who do not see it."""
        said = f"{formats.integer(self.delivered)} of {formats.integer(self.goal)} {self.unit} delivered"
        if self.projected is None or not self.goal:
            return said
        said += f", {formats.percent(float(self.projected) / float(self.goal))} projected"
        if self.low is not None and self.high is not None:
            said += f" ({formats.compact(self.low)} to {formats.compact(self.high)})"
        return said
