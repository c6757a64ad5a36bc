"""Which rule set counts which hour: by the day each starts, unless a recount said otherwise."""

import bisect
import dataclasses
import datetime
import pathlib
from collections.abc import Mapping

from django.conf import settings

from makegood.core.errors import Invalid
from makegood.delivery.models import CountingRules, Recount
from makegood.delivery.rulesets import reading
from makegood.engine.counting import RuleSet

SHIPPED = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class RuleSets:
    """Every known set; `starts` are (ms, version) in order, `recounted` (first ms, until ms, version), the newest first."""

    sets: Mapping[str, RuleSet]
    starts: tuple[tuple[int, str], ...]
    recounted: tuple[tuple[int, int, str], ...] = ()

    def at(self, happened_ms: int) -> RuleSet:
        """The set that counts events of this moment."""
        for first, until, version in self.recounted:
            if first <= happened_ms < until:
                return self.sets[version]
        place = bisect.bisect_right(self.starts, (happened_ms, "￿")) - 1
        return self.sets[self.starts[max(0, place)][1]]

    def named(self, version: str) -> RuleSet:
        """The set of that version; raises Invalid when there is none."""
        if version not in self.sets:
            raise Invalid(f"there is no rule set {version!r}.", place="rules", remedy=f"Known are {', '.join(sorted(self.sets))}.")
        return self.sets[version]

    def only(self, version: str) -> "RuleSets":
        """The same with one set for every hour: what a recount by it uses."""
        return RuleSets({version: self.named(version)}, ((0, version),))


def load(*, at: datetime.datetime) -> RuleSets:
    """Every set in the database, those of the folders added as they are first met.

    Raises Invalid when a file's content differs from what its version was used with.
    """
    kept = {one.version: one for one in CountingRules.objects.all()}
    for path in _files():
        data = reading.read(path)
        known = kept.get(data["version"])
        if known is None:
            starts_on = datetime.date.fromisoformat(data["from"])
            kept[data["version"]] = CountingRules.objects.create(version=data["version"], starts_on=starts_on, data=data, at=at)
        elif known.data != data:
            raise Invalid(f"rule set {known.version} was used with other content.", place=str(path), remedy="Give a changed rule set a new version.")
    sets = {version: reading.rule_set(one.data) for version, one in kept.items()}
    starts = sorted((_ms(datetime.datetime.combine(one.starts_on, datetime.time(), datetime.UTC)), one.version) for one in kept.values())
    return RuleSets(sets, tuple(starts), _recounted())


def _recounted() -> tuple[tuple[int, int, str], ...]:
    rows = Recount.objects.order_by("-pk").values_list("first", "until", "rules_id")
    return tuple((_ms(first), _ms(until), version) for first, until, version in rows)


def _files() -> list[pathlib.Path]:
    folder = getattr(settings, "COUNTING_RULES_FOLDER", None)
    own = sorted(folder.glob("*.json")) if folder and folder.is_dir() else []
    return [*sorted(SHIPPED.glob("*.json")), *own]


def _ms(moment: datetime.datetime) -> int:
    return round(moment.timestamp() * 1000)
