"""Clause by clause: which of their parts speaks of which clause of ours, what was reworded, which figures differ, what is missing or added.

Parts are assigned by weighted words in common (a word that few clauses have weighs more: inverse document frequency, Salton and
Buckley 1988) and by headings; wordings are aligned by difflib's longest matching blocks.
"""

import difflib
import math
import re
from collections import Counter
from collections.abc import Sequence

from makegood.documents.terms import figures
from makegood.documents.terms.matching import assign
from makegood.documents.terms.policy import Policy, Watched
from makegood.documents.terms.views import Clause, Compared, Comparison, FigureDifference, Part, Stretch

NEGATIONS = frozenset({"no", "not", "never", "neither", "nor", "without", "unless", "except", "cannot", "unlimited", "solely", "waives"})
PER_CENT = re.compile(r"\bper\s?cent\b", re.IGNORECASE)
PLAIN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*%?|%")


def compare(clauses: Sequence[Clause], parts: Sequence[Part], policy: Policy) -> Comparison:
    """Every clause of ours against what they say of it, then what they add."""
    taken = assign(clauses, parts, policy.topics)
    found = [_against(one, [parts[n] for n in taken.get(one.code, ())], policy) for one in clauses]
    used = {n for numbers in taken.values() for n in numbers}
    added = [_added(part, policy) for n, part in enumerate(parts) if n not in used]
    return Comparison(policy.version, (*found, *added))


def words(text: str) -> list[str]:
    """The words that are compared: no case, no punctuation; "thirty (30)" is "30" and "per cent" is "%"."""
    found: list[str] = []
    for word in PLAIN.findall(PER_CENT.sub("%", text)):
        plain = str(figures.WORDS.get(word.casefold(), word.casefold()))
        if not (found and found[-1] == plain and plain.isdecimal()):
            found.append(plain)
    return found


def align(ours: str, theirs: str) -> tuple[float, tuple[Stretch, ...]]:
    """(share of words in common order, the stretches) of two wordings; 1.0 for equal ones."""
    left, right = words(ours), words(theirs)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    stretches: list[Stretch] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            stretches.append(Stretch("same", " ".join(left[a:b])))
            continue
        stretches += [Stretch("ours", " ".join(left[a:b]))] if b > a else []
        stretches += [Stretch("theirs", " ".join(right[c:d]))] if d > c else []
    return matcher.ratio(), tuple(stretches)


def _against(ours: Clause, theirs: Sequence[Part], policy: Policy) -> Compared:
    weight = policy.of(ours.code)
    if not theirs:
        return Compared(ours.code, ours.title, "missing", ours.text, "", (), 0.0, weight.missing, "They say nothing of it.")
    text = " ".join(part.text for part in theirs)
    likeness, stretches = align(ours.text, text)
    differing = _figures(ours, text, policy)
    turned = _turned(ours.text, text)
    worse = [one for one in differing if one.worse]
    status = "figure" if differing else "same" if likeness == 1 else "reworded"
    known = [] if status == "same" else [one for part in theirs if (one := _known(part, policy))]
    weighs = [weight.figure if worse else 0, weight.turned if turned else 0, weight.reworded, *(one.points for one in known)]
    says = " ".join([_says(likeness, differing, turned), *(f"{one.title}: {one.why}." for one in known)])
    where, points = tuple(part.where for part in theirs), 0 if status == "same" else max(weighs)
    return Compared(ours.code, ours.title, status, ours.text, text, where, round(likeness, 4), points, says, differing, stretches)


def _turned(ours: str, theirs: str) -> list[str]:
    """The words that say no of which one of the two has more."""
    one, other = (Counter(word for word in words(text) if word in NEGATIONS) for text in (ours, theirs))
    return sorted((one - other) + (other - one))


def _figures(ours: Clause, text: str, policy: Policy) -> tuple[FigureDifference, ...]:
    found = []
    for spec in policy.figures:
        if ours.code not in spec.clauses:
            continue
        own = figures.find(spec, ours.text) if ours.figures is None else ours.figures.get(spec.code)
        their = figures.find(spec, text)
        if own != their:
            found.append(FigureDifference(spec.code, spec.label, spec.unit, own, their, spec.is_worse(own, their)))
    return tuple(found)


def _says(likeness: float, differing: Sequence[FigureDifference], turned: Sequence[str]) -> str:
    if not differing and likeness == 1:
        return "As on our paper."
    said = [str(one) + ("" if one.worse else " (better for us)") for one in differing]
    said += [f"“{', '.join(turned)}” more often in one of the two"] if turned else []
    said += [f"{math.floor(likeness * 100)} % of the words are ours"] if likeness < 1 else []
    return "; ".join(said) + "."


def _known(part: Part, policy: Policy) -> Watched | None:
    text = f"{part.heading} {part.text}".casefold()
    hits = [one for one in policy.watched if any(word in text for word in one.words)]
    return max(hits, key=lambda one: one.points, default=None)


def _added(part: Part, policy: Policy) -> Compared:
    """A clause of theirs: known by its words with the reason why it matters, else for somebody to read."""
    known = _known(part, policy)
    title = known.title if known else part.heading or "Not on our paper"
    says = f"{known.why[:1].upper()}{known.why[1:]}." if known else "Our paper has nothing like it: read it."
    points = known.points if known else policy.unknown
    return Compared(known.code if known else "", title, "added", "", part.text, (part.where,), 0.0, points, says)
