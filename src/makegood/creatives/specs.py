"""Which spec profile a file must meet: the seller's own in the catalog first, else those shipped.

Chooses and checks; what a rule means is engine.specs, what a row is the catalog.
"""

import datetime
from collections.abc import Sequence

from makegood.catalog.actions import profiles
from makegood.catalog.models import SpecProfile
from makegood.core.errors import Invalid
from makegood.engine import specs
from makegood.engine.specs.facts import BundleFacts
from makegood.engine.specs.rules import RULES


def check(facts: specs.Facts, code: str, *, at: datetime.datetime) -> tuple[SpecProfile, list[specs.Finding]]:
    """The profile row `facts` were held against and the findings, worst first.

    `code` names one profile, or a family of which the member that fits the file is taken; empty takes the fitting one
    of all. Raises Invalid when none has that code or none takes this kind of file.
    """
    among = candidates(code)
    try:
        chosen = specs.choose(facts, among)
    except specs.UnknownProfile as none:
        takes = sorted({kind for one in among for kind in one.accepts})
        if not code:
            raise Invalid(f"{none}.", place="spec profile") from none
        raise Invalid(
            f"the profile {code} takes {' or '.join(takes)}, this is {specs.kind_of(facts)}.", place=facts.file.name,
            remedy="Send a file of that kind, or name another profile.",
        ) from none  # fmt: skip
    return _row(chosen, at), specs.check(facts, chosen)


def wanted(code: str, size: tuple[int | None, int | None], among: Sequence[specs.Profile]) -> list[tuple[str, str]]:
    """What a file for that profile or family must be, as (what, how) in words: of the member with that size. Empty for no such code."""
    fitting = _of_code(code, among)
    sized = next((one for one in fitting if f"{size[0]}x{size[1]}" in one.sizes), fitting[0] if len(fitting) == 1 else None)
    if sized is None:
        return []
    asked = [need for need in specs.needs(sized) if need.severity == "block" and need.required]
    short = "image" in sized.accepts and "html5" in sized.accepts  # what concerns zips alone is said when one is sent
    plain = [(need.title, need.required) for need in asked if not short or RULES[need.rule].checks.keys() != {BundleFacts}]
    return [*plain, ("An HTML5 zip", "has rules of its own; what is wrong is said when you send it")] if short else plain


def known() -> tuple[specs.Profile, ...]:
    """Every profile, the seller's own in their latest version before the shipped ones."""
    own = {row.code: specs.Profile.from_json(row.body) for row in SpecProfile.objects.order_by("pk")}
    return tuple((own | {one.code: own.get(one.code, one) for one in specs.profiles()}).values())


def candidates(code: str) -> tuple[specs.Profile, ...]:
    """Profiles of that code or family."""
    among = known()
    found = _of_code(code, among)
    if not found:
        raise Invalid(
            f"there is no spec profile {code}.", place="spec profile",
            remedy=f"Known: {', '.join(sorted(one.code for one in among))}.",
        )  # fmt: skip
    return found


def _of_code(code: str, among: Sequence[specs.Profile]) -> tuple[specs.Profile, ...]:
    found = tuple(one for one in among if not code or one.code == code or one.code.startswith(f"{code}-"))
    return tuple(one for one in found if one.code == code) or found


def _row(chosen: specs.Profile, at: datetime.datetime) -> SpecProfile:
    """The catalog's row of exactly this version; the shipped ones are taken in when it is one of them."""
    rows = SpecProfile.objects.filter(code=chosen.code, version=str(chosen.version))
    return rows.first() or (profiles.import_shipped(by=None, at=at) and rows.get())
