"""Targeting: who, where and when a line may serve.

One meaning, three evaluations that agree: one request (`matches`), many targetings (`index`), many supply rows (`mask`).
"""

from makegood.engine.targeting.form import TargetingInvalid, from_json, to_json
from makegood.engine.targeting.index import TargetingIndex
from makegood.engine.targeting.mask import mask
from makegood.engine.targeting.predicates import EVERYTHING, Predicate, Request, Targeting, Token, matches, tokens

__all__ = [
    "EVERYTHING",
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
