"""The plan being served: loaded, compiled, replaced when its file is, kept when the new one is broken.

What a plan means is `makegood.engine.plan`; deciding is `makegood.engine.decision`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import pathlib
import zoneinfo

from makegood.adserver.cards import Cards, Texts
from makegood.adserver.metrics import Metrics
from makegood.engine import decision
from makegood.engine import plan as plans

_log = logging.getLogger(__name__)


class Moment:
    """`ms` since 1970 UTC, as the decision takes it, and 0 (Monday 00:00 in the publisher's zone) to 167."""

    __slots__ = ("_times", "at", "hour_of_week", "ms")

    def __init__(self, ms: int, hour_of_week: int) -> None:
        self.ms, self.hour_of_week, self._times = ms, hour_of_week, ""
        self.at = dt.datetime.fromtimestamp(ms / 1000, dt.UTC)

    def times(self, lasting_s: int) -> str:
        """Return issue and expiry as they stand in a payload."""
        if not self._times:
            now_s = self.ms // 1000
            self._times = f"~{now_s:x}~{now_s + lasting_s:x}"
        return self._times


class LivePlan:
    """A plan ready to answer: compiled, and looked up by code and id."""

    def __init__(self, plan: plans.ServingPlan, loaded_at_ms: int) -> None:
        """Compile; raises PlanInvalid when the zone or a flight cannot be understood."""
        try:
            self._zone = zoneinfo.ZoneInfo(plan.zone)
            self.decider = decision.Decider(plan)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
            raise plans.PlanInvalid(f"plan: {error}") from error
        self.plan, self.loaded_at_ms = plan, loaded_at_ms
        self.placements = {p.code: p for p in plan.placements}
        self.places = {p.id: p for p in plan.placements}
        self.flights = {f.id: f for f in plan.flights}
        self.creatives = {c.id: c for c in plan.creatives}
        self.cards = Cards(plan, self.flights, self.creatives)
        self.texts: Texts = {}
        self.cap_windows_s = {f.id: f.frequency_cap.seconds for f in plan.flights if f.frequency_cap}
        self._hour: tuple[int, int] = (-1, 0)
        self._moment = Moment(0, 0)

    def moment(self, now_ms: int) -> Moment:
        """Return what follows from the time alone; requests of one millisecond share it."""
        if self._moment.ms != now_ms:
            self._moment = Moment(now_ms, self._hour_of_week(now_ms))
        return self._moment

    def _hour_of_week(self, now_ms: int) -> int:
        quarter = now_ms // 900_000  # offsets change at quarter hours at the finest
        if self._hour[0] != quarter:
            local = dt.datetime.fromtimestamp(quarter * 900, self._zone)
            self._hour = (quarter, local.weekday() * 24 + local.hour)
        return self._hour[1]


@dataclasses.dataclass(frozen=True, slots=True)
class _Stamp:
    """What changes when a file is replaced or rewritten."""

    inode: int
    size: int
    modified_ns: int


class Plans:
    """The last good plan of a file, and what was wrong with the newest one if it is not that."""

    def __init__(self, path: pathlib.Path, metrics: Metrics, now_ms: int) -> None:
        """Load the first plan; raises PlanInvalid or OSError, because without one there is nothing to serve."""
        self._path, self._metrics = path, metrics
        self._seen = _stamp(path)
        self.error = ""
        self.click_urls: dict[int, str] = {}
        self.folders = self._newest_folders = frozenset[str]()
        self._take(LivePlan(plans.from_json(path.read_bytes()), now_ms))

    def look(self, now_ms: int) -> None:
        """Reload when the file has changed. A broken or missing one is logged and the last good plan kept."""
        try:
            stamp = _stamp(self._path)
            if stamp == self._seen:
                return
            self._seen = stamp
            live = LivePlan(plans.from_json(self._path.read_bytes()), now_ms)
        except Exception as error:  # whatever a new plan breaks, the server has a good one and goes on with it
            self._refuse(str(error) or repr(error))
        else:
            self._take(live)
            self._metrics.count("makegood_plan_reloads_total", result="loaded")
            _log.info("serving plan %s version %d", live.plan.plan_id, live.plan.version)

    def _take(self, live: LivePlan) -> None:
        self.current, self.error = live, ""
        # Ads shown under an earlier plan are still clicked: URLs of creative versions that left it are kept.
        self.click_urls = self.click_urls | {c.id: c.click_url for c in live.plan.creatives if c.click_url}
        # And a page that got its ad a moment ago still fetches the files: those of one plan back stay open.
        now = frozenset(c.sha256 for c in live.plan.creatives)
        now |= {r.path.partition("/")[0] for c in live.plan.creatives for r in c.renditions}
        self.folders, self._newest_folders = now | self._newest_folders, now

    def _refuse(self, reason: str) -> None:
        if reason != self.error:
            self._metrics.count("makegood_plan_reloads_total", result="refused")
            version = self.current.plan.version
            _log.error("%s refused, still serving version %d: %s", self._path, version, reason)
        self.error = reason


def _stamp(path: pathlib.Path) -> _Stamp:
    status = path.stat()
    return _Stamp(status.st_ino, status.st_size, status.st_mtime_ns)
