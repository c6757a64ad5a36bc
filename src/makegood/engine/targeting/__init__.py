"""Targeting: who, where and when a line may serve.

One meaning, three evaluations that agree: one request (`matches`), many targetings (`index`), many supply rows (`mask`);
a fourth, many of both, is `eligibility.match`.
"""

from makegood.engine.targeting.form import from_json, to_json
from makegood.engine.targeting.index import TargetingIndex
from makegood.engine.targeting.mask import mask
from makegood.engine.targeting.predicates import (
    EVERYTHING,
    NO_KEY_VALUES,
    Predicate,
    Request,
    Targeting,
    TargetingInvalid,
    Token,
    matches,
    tokens,
)

__all__ = [
    "EVERYTHING",
    "NO_KEY_VALUES",
    "Predicate",
    "Request",
    "Targeting",
    "TargetingIndex",
    "TargetingInvalid",
    "Token",
    "from_json",
    "mask",
    "matches",
    "to_json",
    "tokens",
]
