"""A contract cut into its days, for deliveries that must keep to a curve of their own.

Left whole, a contract is spread over its days as its supply is: that is what representative means.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from makegood.engine.allocation.contracts import Contract, ContractInvalid
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period


def by_day(contract: Contract, requests: Sequence[float], *, ahead: float = 0.0) -> list[Contract]:
    """One contract a day with the same id, terms and tier; demands sum to the contract's.

    `requests` are those it may have on each of its days. Each day owes its part of them, tilted in a straight line so
    that the first day has (1 + ahead) of its even part and the last (1 − ahead), before scaling; `ahead` in [−1, 1].
    Days without requests owe nothing and are left out. Raises ContractInvalid.
    """
    days = contract.scope.period.dates()
    if len(requests) != len(days):
        raise ContractInvalid(f"contract {contract.id}: {len(requests)} figures for {len(days)} days")
    if not -1 <= ahead <= 1:
        raise ContractInvalid(f"contract {contract.id}: ahead {ahead} must lie between -1 and 1")
    middle = max((len(days) - 1) / 2, 0.5)
    parts = [one * (1 + ahead * (middle - n) / middle) for n, one in enumerate(requests)]
    whole = sum(parts)
    if not whole > 0 or min(requests) < 0:
        raise ContractInvalid(f"contract {contract.id}: nobody matches on its days; there is nothing to spread over")
    pieces = [(day, contract.demand * part / whole) for day, part in zip(days, parts, strict=True) if part > 0]
    targeting = contract.scope.targeting
    return [
        dataclasses.replace(contract, scope=Scope(targeting, Period(day, day)), demand=demand) for day, demand in pieces
    ]
