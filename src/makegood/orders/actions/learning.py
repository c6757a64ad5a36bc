"""Layouts learnt once per agency: kept when a corrected import becomes an order, applied when the next document is read, forgotten on a person's word."""

import datetime
import pathlib
from collections.abc import Iterable

from django.db.models import Q

from makegood.accounts import matching as parties
from makegood.accounts.models import Account
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.documents import orders as documents
from makegood.documents.orders import OrderDocument, learning
from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.learning import Learnt, Rule
from makegood.orders import reading
from makegood.orders.models import Layout, OrderImport


def read(path: pathlib.Path, *, name: str) -> OrderDocument:
    """The document, read with what was learnt from others of the same agency. Raises UnreadableDocument."""
    document = documents.read(path, name=name)
    known = known_for(document)
    return documents.read(path, name=name, layouts=known) if known else document


def known_for(document: OrderDocument) -> list[Learnt]:
    """Layouts in use of the agency (else the advertiser) the document names; all of them where it names none that is known."""
    rows = Layout.objects.filter(forgotten_at=None).order_by("pk")
    if not rows:
        return []
    named = [(role, str(document.value(role))) for role in ("agency", "advertiser") if document.value(role)]
    accounts = [match.account for role, name in named if (match := parties.find(name, role)).account]
    own = rows.filter(Q(account__in=accounts) | Q(account=None)) if accounts else rows
    return [as_learnt(row) for row in own]


def as_learnt(layout: Layout) -> Learnt:
    """A stored layout as the reader takes it."""
    return Learnt.of(str(layout.pk), layout.fixed, layout.rules)


@verbs.whole
def learn(received: OrderImport, *, by: Person | None, at: datetime.datetime) -> Layout | None:
    """Keep where the document says what a person put right; None where nothing was put right or the document does not say it.

    Rules of the layout's version before are kept, except for the same field or column.
    """
    permissions.check(by, "orders.import", received)
    corrections = {place: value for place, value in received.fixes.items() if place.startswith(("field:", "line:")) and place.count(":") in (1, 2) and isinstance(value, str)}
    if not corrections or received.document["document"]["media_type"] == "application/json":
        return None
    leaves, manner = documents.pages(pathlib.Path(str(received.file.path)))
    rules, columns = _rules(leaves, manner, corrections), _columns(received, leaves, manner, corrections)
    if not rules and not columns:
        return None
    account, texts = received.agency or received.advertiser, learning.fixed(leaves)
    before = _before(account, frozenset(texts))
    old = as_learnt(before) if before else Learnt("", frozenset(), (), {})
    kept = tuple(rule for rule in old.rules if rule.field not in {new.field for new in rules})
    made = Learnt("", frozenset(texts), (*kept, *rules), {**old.columns, **columns})
    layout = Layout.objects.create(account=account, version=before.version + 1 if before else 1, fixed=texts, rules=made.to_json(), learnt_from=received, replaces=before, by=by, at=at)
    if before:
        activity.change(before, "layout.replaced", by=by, at=at, why=str(layout), forgotten_at=at)
    activity.record(layout, "layout.learnt", by=by, at=at, why=str(received), after=layout.rules)
    return layout


@verbs.whole
def forget(layout: Layout, *, by: Person | None, at: datetime.datetime, why: str = "") -> Layout:
    """Put a layout out of use; documents read with it keep what was read. Refused when it is out of use already."""
    permissions.check(by, "orders.import", layout.learnt_from)
    if layout.forgotten_at is not None:
        raise Refused("it is out of use already.", place=str(layout), remedy="See `makegood order layouts list`.")
    activity.change(layout, "layout.forgotten", by=by, at=at, why=why, forgotten_at=at)
    layout.refresh_from_db()
    return layout


def _rules(leaves: Iterable[Leaf], manner: Manner, corrections: dict[str, str]) -> tuple[Rule, ...]:
    """A rule for each corrected field whose value the document says."""
    found = []
    for place, text in corrections.items():
        part, _, name = place.partition(":")
        if part == "field" and (rule := learning.rule_for(tuple(leaves), name, reading.value_of(name, text), manner)):
            found.append(rule)
    return tuple(found)


def _columns(received: OrderImport, leaves: Iterable[Leaf], manner: Manner, corrections: dict[str, str]) -> dict[str, str]:
    """{header words: field} of each corrected cell whose row says the value under a header of its own."""
    lines = {str(line["number"]): line["fields"] for line in received.document["lines"]}
    found = {}
    for place, text in corrections.items():
        part, _, rest = place.partition(":")
        number, _, name = rest.partition(":")
        cell = next((field["place"]["cell"] for field in lines.get(number, {}).values() if field["place"] and "cell" in field["place"]), None)
        if part == "line" and name and cell and (header := learning.column_of(tuple(leaves), cell, reading.value_of(name, text), manner)):
            found[header] = name
    return found


def _before(account: Account | None, texts: frozenset[str]) -> Layout | None:
    """The layout in use that this one is the next version of."""
    rows = Layout.objects.select_for_update().filter(account=account, forgotten_at=None).order_by("-pk")
    return next((row for row in rows if learning.likeness(frozenset(row.fixed), texts) >= learning.ALIKE), None)
