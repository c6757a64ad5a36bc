"""Which clause of ours each part of theirs speaks of: words in common weighted by how few clauses have them, and headings."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from makegood.documents.terms.views import Clause, Part

ENOUGH = 0.24  # below this a part speaks of nothing our paper has
HEADED = 0.45  # a heading that names a clause is worth this much likeness
SPOKEN = 0.12  # its topic in the text
STOP = frozenset(
    ["a", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by", "for", "from", "has", "have", "if", "in", "into", "is", "it", "its", "may", "of", "on", "or", "other", "party", "parties", "shall", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "under", "until", "upon", "was", "were", "what", "when", "where", "which", "who", "will", "with", "within", "would", "each", "either", "client", "seller", "agency", "advertiser", "media", "company", "order"]
)  # fmt: skip
WORD = re.compile(r"[^\W\d_]{2,}")


def assign(clauses: Sequence[Clause], parts: Sequence[Part], topics: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """{clause code: numbers of the parts that speak of it, in their order}; a part speaks of one clause at most."""
    own = {one.code: Counter(stems(f"{one.title} {one.text}")) for one in clauses}
    rare = _rarity(list(own.values()))
    found: dict[str, list[int]] = {}
    for number, part in enumerate(parts):
        scores = [(_score(part, own[one.code], topics.get(one.code, (one.title,)), rare), -place, one.code) for place, one in enumerate(clauses)]
        best, _, code = max(scores, default=(0.0, 0, ""))
        if best >= ENOUGH:
            found.setdefault(code, []).append(number)
    return found


def stems(text: str) -> list[str]:
    """Words without those that say nothing, cut to their first six letters so that a plural or a tense is the same word."""
    return [word[:6] for word in (one.casefold() for one in WORD.findall(text)) if word not in STOP]


def _rarity(clauses: Sequence[Counter[str]]) -> dict[str, float]:
    seen = Counter(word for one in clauses for word in one)
    return {word: math.log((1 + len(clauses)) / count) for word, count in seen.items()}


def _score(part: Part, ours: Counter[str], topics: Sequence[str], rare: Mapping[str, float]) -> float:
    """Cosine of the weighted words, with what headings and topics add."""
    theirs = Counter(stems(f"{part.heading} {part.text}"))
    most = max(rare.values(), default=1.0)

    def size(words: Counter[str]) -> float:
        return math.sqrt(sum((count * rare.get(word, most)) ** 2 for word, count in words.items()))

    common = sum(theirs[word] * ours[word] * rare.get(word, most) ** 2 for word in theirs.keys() & ours.keys())
    cosine = common / (size(theirs) * size(ours)) if common else 0.0
    heading, text = part.heading.casefold(), part.text.casefold()
    return cosine + (HEADED if any(topic in heading for topic in topics) else 0.0) + (SPOKEN if any(topic in text for topic in topics) else 0.0)
