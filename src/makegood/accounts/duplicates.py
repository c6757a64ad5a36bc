"""Accounts that may be one: alike by name, tax id, domain or the address bills go to. Reads only; a person merges."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from makegood.accounts import naming
from makegood.accounts.models import Account

ALIKE = 90.0  # token-sort likeness of two keys from which two names are shown as one


@dataclasses.dataclass(frozen=True)
class Pair:
    """Two accounts of one kind, the older first, and what speaks for their being one."""

    one: Account
    other: Account
    reasons: tuple[str, ...]


def find(only: Account | None = None) -> list[Pair]:
    """Pairs alike in anything, those with more reasons first; with `only`, those it is part of."""
    accounts = list(Account.objects.filter(merged_into=None).select_related("party").order_by("pk"))
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for words, facts in (("tax id", _tax), ("domain", _domains), ("billing address", _mail)):
        for pair, value in _shared(accounts, facts):
            reasons[pair].append(f"the same {words}: {value}")
    for pair, score in _named_alike(accounts):
        reasons[pair].append(f"names {score:.0f} % alike")
    known = {one.pk: one for one in accounts}
    pairs = [Pair(known[a], known[b], tuple(found)) for (a, b), found in reasons.items() if known[a].party.kind == known[b].party.kind]
    mine = [pair for pair in pairs if only is None or only.pk in (pair.one.pk, pair.other.pk)]
    return sorted(mine, key=lambda pair: (-len(pair.reasons), pair.one.pk, pair.other.pk))


def _shared(accounts: Iterable[Account], facts) -> list[tuple[tuple[int, int], str]]:
    seen: dict[str, list[int]] = defaultdict(list)
    for one in accounts:
        for value in facts(one):
            seen[value].append(one.pk)
    return [((a, b), value) for value, ids in seen.items() for n, a in enumerate(ids) for b in ids[n + 1 :] if a != b]


def _named_alike(accounts: list[Account]) -> list[tuple[tuple[int, int], float]]:
    keys = [naming.key(one.party.name) for one in accounts]
    found = []
    for n, key in enumerate(keys):
        for _, score, m in process.extract(key, keys[n + 1 :], scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=5):
            found.append(((accounts[n].pk, accounts[n + 1 + m].pk), score))
    return found


def _tax(one: Account) -> list[str]:
    return ["".join(one.tax_id.split()).upper()] if one.tax_id.strip() else []


def _domains(one: Account) -> list[str]:
    return sorted({str(domain).casefold() for domain in one.domains})


def _mail(one: Account) -> list[str]:
    return [one.billing_email.casefold()] if one.billing_email else []
