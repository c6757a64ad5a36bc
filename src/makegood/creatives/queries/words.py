"""The words of a creative, its name, landing page and copy, and how alike two are by them."""

import re

from makegood.creatives.models import Version

_WORD = re.compile(r"[^\W\d_]{3,}|\d+[.,]?\d*")


def text(version: Version) -> str:
    """Words to be found in a creative: its name, its landing page, its copy."""
    fields = [words for _, words in version.facts.get("fields", ())]
    return " ".join([version.creative.name, version.creative.click_url, version.file.name, *fields]).lower()


def tokens(version: Version) -> frozenset[str]:
    """The distinct words and figures of it."""
    return frozenset(_WORD.findall(text(version)))


def alike(one: frozenset[str], other: frozenset[str]) -> int:
    """Per cent of their words that both have (Jaccard)."""
    return round(100 * len(one & other) / len(one | other)) if one and other else 0
