"""Which account a name in a document means. Reads only; a doubtful match is offered, never taken."""

import dataclasses
import enum

from rapidfuzz import fuzz, process

from makegood.accounts.models import Account, Alias
from makegood.accounts.naming import key

CUTOFF = 70.0  # below this two names are strangers
OFFERED = 5

__all__ = ["How", "Match", "find", "key"]


class How(enum.StrEnum):
    """How sure a match is: exact and alias may be taken, fuzzy needs a person, none found nothing alike."""

    EXACT = "exact"
    ALIAS = "alias"
    FUZZY = "fuzzy"
    NONE = "none"


@dataclasses.dataclass(frozen=True)
class Match:
    """`account` is set only when certain; `candidates` are (account, score 0..1), best first."""

    name: str
    account: Account | None
    how: How
    score: float
    candidates: tuple[tuple[Account, float], ...] = ()

    @property
    def suggestion(self) -> Account | None:
        """What to offer first."""
        return self.account or (self.candidates[0][0] if self.candidates else None)


def find(name: str, kind: str | None = None) -> Match:
    """The account `name` means, by its own name, a learnt alias, or likeness (token ratios of rapidfuzz).

    Two accounts of one name are a doubt, not a match.
    """
    wanted = key(name)
    if not wanted:
        return Match(name, None, How.NONE, 0.0)
    accounts = Account.objects.filter(merged_into=None).select_related("party").order_by("pk")
    accounts = accounts.filter(party__kind=kind) if kind else accounts
    exact = [account for account in accounts if wanted in _keys(account)]
    if len(exact) == 1:
        return Match(name, exact[0], How.EXACT, 1.0, ((exact[0], 1.0),))
    if exact:
        return Match(name, None, How.FUZZY, 1.0, tuple((account, 1.0) for account in exact))
    alias = Alias.objects.filter(key=wanted, account__in=accounts).select_related("account__party").first()
    if alias:
        return Match(name, alias.account, How.ALIAS, 1.0, ((alias.account, 1.0),))
    return _alike(name, wanted, list(accounts))


def _alike(name: str, wanted: str, accounts: list[Account]) -> Match:
    spellings = [(form, account) for account in accounts for form in _keys(account)]
    spellings += [(alias.key, alias.account) for alias in Alias.objects.filter(account__in=accounts).select_related("account__party")]
    found = process.extract(wanted, [form for form, _ in spellings], scorer=_likeness, score_cutoff=CUTOFF, limit=4 * OFFERED)
    best: dict[int, tuple[Account, float]] = {}
    for _, score, index in found:
        account = spellings[index][1]
        best.setdefault(account.pk, (account, round(score / 100, 3)))
    candidates = tuple(best.values())[:OFFERED]
    if not candidates:
        return Match(name, None, How.NONE, 0.0)
    return Match(name, None, How.FUZZY, candidates[0][1], candidates)


def _likeness(one: str, other: str, **_: object) -> float:
    """Word order is free; a name inside the other counts a little less than a whole match."""
    return max(fuzz.token_sort_ratio(one, other), 0.92 * fuzz.token_set_ratio(one, other))


def _keys(account: Account) -> set[str]:
    return {key(text) for text in (account.party.name, account.legal_name) if text}
