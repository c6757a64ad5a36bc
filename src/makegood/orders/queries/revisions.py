"""What changed between two revisions: terms, lines added, cut and changed, and the money between them."""

import dataclasses
from decimal import Decimal
from typing import Any

from makegood.core.models import Person
from makegood.orders.changes.differences import LINE
from makegood.orders.models import Revision
from makegood.orders.queries.lists import visible_to

Change = tuple[str, Any, Any]  # name, before, after
TERMS = ("name", "external_number", "advertiser", "agency", "commission_pct", "start", "end", "zone", "estimate", "product_name", "cancellation")


@dataclasses.dataclass(frozen=True)
class LineChange:
    """A line in both revisions that differs; `delta` is what its amount moved by."""

    number: int
    name: str
    changes: tuple[Change, ...]
    delta: Decimal = Decimal(0)


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
    def deltas(self) -> tuple[tuple[int, str, Decimal], ...]:
        """(line, name, amount) of every line that came, went or moved in money; they sum to the gross."""
        came = [(one["number"], one["name"], Decimal(one["amount"])) for one in self.added]
        went = [(one["number"], one["name"], -Decimal(one["amount"])) for one in self.cut]
        return tuple(sorted([*came, *went, *((one.number, one.name, one.delta) for one in self.changed if one.delta)]))

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.terms or self.added or self.cut or self.changed)


def between(actor: Person, order_id: int, before: int, after: int) -> RevisionDiff:
    """Between any two revisions of an order by their numbers, as far as `actor` may see it. Revision.DoesNotExist otherwise."""
    rows = {one.number: one for one in Revision.objects.filter(order__in=visible_to(actor), order_id=order_id, number__in=(before, after))}
    if {before, after} - rows.keys():
        raise Revision.DoesNotExist("There is no such revision.")
    return diff(rows[before], rows[after])


def diff(before: Revision, after: Revision) -> RevisionDiff:
    """From one frozen revision to another of the same order."""
    old, new = before.snapshot, after.snapshot
    terms = [*_changes(old, new, TERMS), *_changes(old["billing"], new["billing"], tuple(new["billing"]))]
    one, other = ({line["number"]: line for line in snapshot["lines"]} for snapshot in (old, new))
    changed = [
        LineChange(number, other[number]["name"], found, Decimal(other[number]["amount"]) - Decimal(one[number]["amount"]))
        for number in sorted(one.keys() & other.keys())
        if (found := tuple(_changes(one[number], other[number], LINE)))
    ]
    return RevisionDiff(
        before.number, after.number, tuple(terms), tuple(other[n] for n in sorted(other.keys() - one.keys())),
        tuple(one[n] for n in sorted(one.keys() - other.keys())), tuple(changed),
        Decimal(new["gross"]) - Decimal(old["gross"]), Decimal(new["net"]) - Decimal(old["net"]), new["currency"],
    )  # fmt: skip


def _changes(old: dict[str, Any], new: dict[str, Any], names: tuple[str, ...]) -> list[Change]:
    return [(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
