"""Rules for native and plain copy: what must be there, how long it may be, how it may look.
Words are counted as readers count them; nothing here judges claims.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from makegood.engine.specs.facts import TextFacts
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import Rule, counted, fixed, listed, number

ADDRESSES = ("url", "image", "icon", "logo")
REPEATED = re.compile(r"[!?]{2,}|([.,;:*#~+=_-])\1{3,}")
ODD = ("So", "Cc", "Co", "Cn")  # pictographs, control signs, private and unassigned ones
LINK = re.compile(r"https?://\S+")


def required_fields(facts: TextFacts, names: list[str]) -> Iterator[Fault]:
    """Fields present and not blank."""
    given = {name for name, words in facts.fields if words.strip()}
    for name in names:
        if name not in given:
            yield Fault(f"no {name}", f"Add the {name}.", name)


def max_chars(facts: TextFacts, limits: dict[str, int]) -> Iterator[Fault]:
    """Characters of each field, spaces included."""
    for name, words in facts.fields:
        limit = limits.get(name)
        if limit is not None and len(words) > limit:
            yield Fault(
                counted(len(words), "character"),
                f"Shorten the {name} by {counted(len(words) - limit, 'character')}.",
                name,
            )


def max_words(facts: TextFacts, limit: int) -> Iterator[Fault]:
    """Words of a script to be read aloud."""
    for name, words in facts.fields:
        count = len(words.split())
        if name == "script" and count > limit:
            yield Fault(counted(count, "word"), f"Shorten the script by {counted(count - limit, 'word')}.", name)


def secure(facts: TextFacts, _: Any) -> Iterator[Fault]:
    """Addresses begin with https."""
    for name, words in facts.fields:
        if name in ADDRESSES and words and not words.lower().startswith("https://"):
            yield Fault(words[:80], f"Give the {name} as a full address that begins with https://.", name)


def shouting(facts: TextFacts, share: float) -> Iterator[Fault]:
    """Capital letters among the letters of a text of more than ten."""
    for name, words in facts.fields:
        letters = [c for c in words if c.isalpha()]
        if name not in ADDRESSES and len(letters) > 10:
            capitals = sum(c.isupper() for c in letters) / len(letters)
            if capitals > share:
                yield Fault(f"{capitals:.0%} capitals", f"Write the {name} in ordinary letters.", name)


def symbols(facts: TextFacts, allowed: str) -> Iterator[Fault]:
    """Repeated marks, pictographs and signs beyond those of ordinary writing."""
    for name, words in facts.fields:
        if name in ADDRESSES:
            continue
        repeated = REPEATED.search(words)
        odd = next((c for c in words if unicodedata.category(c) in ODD and c not in allowed), None)
        for found in (repeated and repeated[0], odd):
            if found:
                yield Fault(f"{found!r}", f"Take {found!r} out of the {name}: ordinary punctuation is enough.", name)


def disclaimers(facts: TextFacts, phrases: list[str]) -> Iterator[Fault]:
    """At least one of the phrases, in any field, capitals and spacing aside."""
    whole = " ".join(" ".join(words.split()) for _, words in facts.fields).casefold()
    if not any(" ".join(one.split()).casefold() in whole for one in phrases):
        yield Fault("no disclaimer", f"Add the words {listed(repr(one) for one in phrases)}.", "text")


def post(facts: TextFacts, limits: dict[str, int]) -> Iterator[Fault]:
    """Characters of a post's body, each link counted as a fixed number."""
    for name, words in facts.fields:
        links = LINK.findall(words)
        count = len(words) - sum(map(len, links)) + limits["link"] * len(links)
        if name == "body" and count > limits["limit"]:
            yield Fault(counted(count, "character"), f"Shorten the post by {counted(count - limits['limit'], 'character')}.", name)


RULES = (
    Rule("required_fields", "Fields", listed, {TextFacts: required_fields}),
    Rule("max_chars", "Text length", lambda v: ", ".join(f"{k} at most {n} characters" for k, n in v.items()),
         {TextFacts: max_chars}),
    Rule("symbols", "Signs", fixed("ordinary punctuation, no pictographs"), {TextFacts: symbols}),
    Rule("disclaimers", "Disclaimer", lambda v: listed(repr(one) for one in v), {TextFacts: disclaimers}),
    Rule("max_post_chars", "Length of the post",
         lambda v: f"at most {v['limit']} characters, a link counts {v['link']}", {TextFacts: post}),
    Rule("max_words", "Script length", lambda v: f"at most {number(v)} words", {TextFacts: max_words}),
    Rule("secure_addresses", "Addresses", fixed("https addresses"), {TextFacts: secure}),
    Rule("max_capitals", "Capitals", lambda v: f"at most {v:.0%} capital letters", {TextFacts: shouting}),
)  # fmt: skip
