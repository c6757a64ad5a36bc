"""The flight timeline: lanes of flights over days. The fill is the share of the goal, so a bar ending left of today is behind."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.interfaces.web.components import geometry

LETTER = 0.0085  # a letter's share of a lane of about 750 px; only decides which label fits


@dataclasses.dataclass(frozen=True, slots=True)
class Flight:
    """Days `start` to `end` inclusive; `share` of the goal delivered, 0 to 1; state "blocked" is hatched."""

    start: datetime.date
    end: datetime.date
    share: float = 0.0
    label: str = ""
    state: str = ""
    url: str = ""
    title: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Lane:
    """A line and its flights."""

    name: str
    detail: str = ""
    flights: Sequence[Flight] = ()
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Drawn:
    """A flight as drawn: its box in the lane, the fill within, and where the label stands."""

    flight: Flight
    x: str
    width: str
    fill: str
    label: str
    label_x: str
    label_class: str


@dataclasses.dataclass(frozen=True)
class Timeline:
    """Lanes from `start` to `end` inclusive, with a line at `today` when it falls inside."""

    lanes: Sequence[Lane]
    start: datetime.date
    end: datetime.date
    today: datetime.date | None = None
    heading: str = "Line and its flights"

    def _at(self, day: datetime.date) -> float:
        return (day - self.start).days / ((self.end - self.start).days + 1)

    @property
    def weeks(self) -> list[tuple[str, str]]:
        """Position and day of the marks: Mondays, thinned to at most nine."""
        first = self.start + datetime.timedelta(days=-self.start.weekday() % 7)
        mondays = [first + datetime.timedelta(weeks=n) for n in range(max(0, (self.end - first).days) // 7 + 1)]
        step = -(-len(mondays) // 9) or 1
        return [(geometry.percent(self._at(day)), self._mark(day)) for day in mondays[::step]]

    def _mark(self, day: datetime.date) -> str:
        """The day's name, empty where the word Today stands."""
        near = self.today is not None and -0.05 < self._at(self.today) - self._at(day) < 0.08 and self.today_at
        return "" if near else f"{day.day} {day:%b}"

    @property
    def today_at(self) -> str:
        """Position of today's line at the middle of the day, or empty."""
        if self.today is None or not self.start <= self.today <= self.end:
            return ""
        return geometry.percent(self._at(self.today) + 0.5 / ((self.end - self.start).days + 1))

    @property
    def today_left(self) -> bool:
        """Whether the word beside today's line stands left of it because the right edge is near."""
        return self.today is not None and self._at(self.today) > 0.9

    @property
    def drawn(self) -> list[tuple[Lane, list[Drawn]]]:
        """Each lane with its flights as drawn, clipped to the days shown."""
        return [(lane, [self._draw(flight) for flight in lane.flights if self._shown(flight)]) for lane in self.lanes]

    def _shown(self, flight: Flight) -> bool:
        return flight.start <= self.end and flight.end >= self.start

    def _draw(self, flight: Flight) -> Drawn:
        x = max(0.0, self._at(flight.start))
        width = min(1.0, self._at(flight.end + datetime.timedelta(days=1))) - x
        room = len(flight.label) * LETTER + 0.02
        done = min(1.0, flight.share) * width
        label = flight.label if room <= width or len(flight.label) <= 2 else ""
        if flight.state == "blocked":
            place, css = "0", "t-blocked"
        elif room <= done or (done > 0 and len(flight.label) <= 2):
            place, css = "0", "t-on"
        else:
            place, css = (geometry.percent(flight.share), "") if room <= width - done else ("0", "")
        if place == "0" and css == "" and 0 < done < room:
            label = ""  # neither on the fill nor beside it: the title still says it
        return Drawn(
            flight, geometry.percent(x), geometry.percent(width), geometry.percent(flight.share), label, place, css
        )
