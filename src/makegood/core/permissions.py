"""Who may do what: named verbs, each with one rule. Packages register theirs in rules.py; actions call `check`."""

import dataclasses
from collections.abc import Callable
from typing import Any

from makegood.core.errors import NotAllowed
from makegood.core.models import Person, Role

Predicate = Callable[[Person, Any], bool]


@dataclasses.dataclass(frozen=True)
class Rule:
    """A predicate on (actor, subject) that composes with & | ~ and can say who passes."""

    test: Predicate
    who: str

    def __call__(self, actor: Person, subject: Any = None) -> bool:
        return actor.is_active and self.test(actor, subject)

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(lambda a, s: self.test(a, s) and other.test(a, s), f"{self.who} and {other.who}")

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(lambda a, s: self.test(a, s) or other.test(a, s), f"{self.who} or {other.who}")

    def __invert__(self) -> "Rule":
        return Rule(lambda a, s: not self.test(a, s), f"not {self.who}")


def roles(*names: str) -> Rule:
    """Passes people with any of the roles."""
    return Rule(lambda actor, _: actor.has_role(*names), " or ".join(Role(name).label.lower() for name in names))


staff = Rule(lambda actor, _: actor.is_staff_member, "the seller's people")
anyone = Rule(lambda actor, _: True, "anyone signed in")
human = Rule(lambda actor, _: actor.agent_for_id is None, "a person, not a software agent")
party_member = Rule(
    lambda actor, subject: subject is not None and not party_ids(actor).isdisjoint(_parties_of(subject)), "the client it belongs to"
)

VERBS: dict[str, Rule] = {}


def register(**verbs: Rule) -> None:
    """Declare verbs of a package: `register(**{"orders.book": rule})`. A verb is declared once."""
    for verb, rule in verbs.items():
        if verb in VERBS:
            raise ValueError(f"the verb {verb} is declared twice")
        VERBS[verb] = rule


def may(actor: Person, verb: str, subject: Any = None) -> bool:
    """Whether `actor` may do `verb`. An undeclared verb is a programming error."""
    return VERBS[verb](actor, subject)


def check(actor: Person | None, verb: str, subject: Any = None) -> None:
    """Raise NotAllowed unless `actor` may; None is the system itself, which may."""
    if actor is not None and not may(actor, verb, subject):
        raise NotAllowed(f"{actor.name} may not do this ({verb}).", place=str(subject or ""), remedy=f"Ask {VERBS[verb].who}.")


def party_ids(actor: Person) -> frozenset[int]:
    """The parties a client contact belongs to, read once per loaded person."""
    if not hasattr(actor, "_party_ids"):
        actor._party_ids = frozenset(actor.memberships.values_list("party_id", flat=True))  # type: ignore[attr-defined]
    return actor._party_ids  # type: ignore[attr-defined,no-any-return]


def _parties_of(subject: Any) -> set[int]:
    """The subject's party, and those it names besides (an invoice's payer)."""
    party = subject.activity_party()
    return {getattr(party, "pk", party), *(subject.also_parties() if hasattr(subject, "also_parties") else ())}
