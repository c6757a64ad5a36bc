"""Figures in terms: quantities with their unit, in digits or words, and which of them a clause is about."""

import dataclasses
import re
from decimal import Decimal

SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
WORDS = {word: number for number, word in enumerate(SMALL)} | TENS
NUMBER = r"(?:\d{1,3}(?:[,\u2009 ]\d{3})+|\d+)(?:\.\d+)?"
IN_WORDS = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(SMALL[1:10])}))?|{'|'.join(sorted(SMALL, key=len, reverse=True))}|hundred)"
QUANTITY = re.compile(
    rf"(?:net\s+(?P<net>\d{{1,3}})\b)"
    rf"|(?:(?:(?P<word>\b{IN_WORDS}\b)\s*)?(?:\(?\s*(?P<cur>US\$|\$|€|£|USD|EUR|GBP)?\s?(?P<num>{NUMBER})\s*\)?)?\s*-?(?:full|calendar|business|working|consecutive)?\s*"
    rf"(?P<unit>%|per\s?cent\b|percent\b|days?\b|weeks?\b|months?\b|hours?\b|years?\b|times\b))"
    rf"|(?:(?P<money>US\$|\$|€|£|USD|EUR|GBP)\s?(?P<amount>{NUMBER}))",
    re.IGNORECASE,
)
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (days, hours, %, times, money) and where in the text it stands."""

    value: Decimal
    unit: str
    start: int


@dataclasses.dataclass(frozen=True, slots=True)
class Spec:
    """A figure some clauses have: its unit, words it stands near, and which way is worse for us ("more", "less", "any")."""

    code: str
    label: str
    unit: str
    clauses: tuple[str, ...]
    near: tuple[str, ...]
    worse: str = "any"

    def is_worse(self, ours: Decimal | None, theirs: Decimal | None) -> bool:
        """Whether theirs is worse for us; a figure only one side has always wants a look."""
        if ours is None or theirs is None or self.worse == "any":
            return True
        return theirs > ours if self.worse == "more" else theirs < ours


def quantities(text: str) -> list[Quantity]:
    """Every quantity with a unit; weeks, months (30 days) and years in days, so that they compare."""
    found = []
    for match in QUANTITY.finditer(text):
        if match["net"]:
            found.append(Quantity(Decimal(match["net"]), "days", match.start()))
        elif match["money"]:
            found.append(Quantity(_digits(match["amount"]), "money", match.start()))
        elif match["unit"] and (match["num"] or match["word"]):
            found.append(_measured(match))
    return found


def find(spec: Spec, text: str) -> Decimal | None:
    """The figure of a clause: of the quantities in its unit the one nearest to its words; None when it has none."""
    fits = [one for one in quantities(text) if one.unit == spec.unit]
    if not fits:
        return None
    low = text.casefold()
    places = [match.start() for word in spec.near for match in re.finditer(re.escape(word.casefold()), low)]
    if not places:
        return fits[0].value if not spec.near else None
    return min(fits, key=lambda one: (min(abs(one.start - place) for place in places), one.start)).value


def _measured(match: re.Match[str]) -> Quantity:
    value = _digits(match["num"]) if match["num"] else Decimal(_spoken(match["word"]))
    unit = match["unit"].casefold().rstrip("s")
    if unit in DAYS:
        return Quantity(value * DAYS[unit], "days", match.start())
    if unit == "hour":
        return Quantity(value, "hours", match.start())
    return Quantity(value, "times" if unit == "time" else "%", match.start())


def _digits(text: str) -> Decimal:
    return Decimal(re.sub(r"[,\u2009 ]", "", text))


def _spoken(text: str) -> int:
    if text.casefold() == "hundred":
        return 100
    return sum(WORDS[word] for word in re.split(r"[- ]", text.casefold()))
