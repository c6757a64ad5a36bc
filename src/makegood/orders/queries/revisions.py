"""What changed between two revisions: terms, lines added, cut and changed, and the money between them."""

import dataclasses
from decimal import Decimal
from typing import Any

from makegood.orders.models import Revision

Change = tuple[str, Any, Any]  # name, before, after
TERMS = ("name", "external_number", "advertiser", "agency", "commission_pct", "start", "end", "zone", "estimate", "product_name")


@dataclasses.dataclass(frozen=True)
class LineChange:
    """A line in both revisions that differs."""

    number: int
    name: str
    changes: tuple[Change, ...]


@dataclasses.dataclass(frozen=True)
class RevisionDiff:
    """Everything that differs; deltas are after − before in `currency`."""

    before: int
    after: int
    terms: tuple[Change, ...]
    added: tuple[dict[str, Any], ...]
    cut: tuple[dict[str, Any], ...]
    changed: tuple[LineChange, ...]
    gross_delta: Decimal
    net_delta: Decimal
    currency: str

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.terms or self.added or self.cut or self.changed)


def diff(before: Revision, after: Revision) -> RevisionDiff:
    """From one frozen revision to another of the same order."""
    old, new = before.snapshot, after.snapshot
    terms = [*_changes(old, new, TERMS), *_changes(old["billing"], new["billing"], tuple(new["billing"]))]
    one, other = ({line["number"]: line for line in snapshot["lines"]} for snapshot in (old, new))
    changed = [
        LineChange(number, other[number]["name"], found)
        for number in sorted(one.keys() & other.keys())
        if (found := tuple(_changes(one[number], other[number], tuple(other[number]))))
    ]
    return RevisionDiff(
        before.number, after.number, tuple(terms), tuple(other[n] for n in sorted(other.keys() - one.keys())),
        tuple(one[n] for n in sorted(one.keys() - other.keys())), tuple(changed),
        Decimal(new["gross"]) - Decimal(old["gross"]), Decimal(new["net"]) - Decimal(old["net"]), new["currency"],
    )  # fmt: skip


def _changes(old: dict[str, Any], new: dict[str, Any], names: tuple[str, ...]) -> list[Change]:
    return [(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
