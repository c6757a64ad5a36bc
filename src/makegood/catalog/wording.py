"""What a line's wording says of the product it means: size, length, rate type, words. Text in, frozen facts out."""

import dataclasses
import functools
import re

SIZE = re.compile(r"(?<!\d)(\d{2,4})\s?[x×*]\s?(\d{2,4})(?!\d)", re.IGNORECASE)
LENGTH = re.compile(r"(?<![\d:]):(\d{2})(?!\d)|(?<!\d)(\d{1,3})\s?(?:s|sec|secs|seconds?|\"|”)(?!\w)", re.IGNORECASE)
SIZE_NAMES = {  # names in use for the IAB's fixed sizes (IAB New Ad Portfolio, 2017, and its predecessor's names)
    "mpu": (300, 250), "medium rectangle": (300, 250), "mrec": (300, 250), "leaderboard": (728, 90), "billboard": (970, 250),
    "half page": (300, 600), "skyscraper": (160, 600), "wide skyscraper": (160, 600), "mobile banner": (320, 50),
    "smartphone banner": (320, 50),
}  # fmt: skip
SHORT = {"ros": "run of site", "ron": "run of network", "hp": "homepage", "hpto": "homepage takeover", "tko": "takeover", "pre-roll": "preroll"}
RATE_WORDS = {
    "cpm": "CPM", "tkp": "CPM", "cpt": "CPM", "cost per thousand": "CPM", "cpc": "CPC", "cost per click": "CPC", "cpv": "CPV",
    "cpcv": "CPV", "cost per view": "CPV", "day": "day", "per day": "day", "daily": "day", "cpd": "day", "flat": "flat",
    "flat fee": "flat", "fixed": "flat", "sponsorship": "flat", "spot": "spot", "per spot": "spot", "cost per spot": "spot",
    "unit": "unit", "each": "unit", "per unit": "unit", "cpu": "unit", "impressions": "CPM", "clicks": "CPC", "views": "CPV",
    "days": "day", "spots": "spot", "units": "unit", "sends": "unit", "episodes": "unit",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a line asks for, as far as its words say. `place` is a site, service or station it names."""

    text: str
    words: frozenset[str]
    size: tuple[int, int] | None = None
    length_s: int | None = None
    rate_type: str = ""
    format: str = ""
    place: str = ""

    @functools.cached_property
    def wording(self) -> str:
        """Its words in the form wordings are compared in."""
        return " ".join(sorted(self.words))

    @functools.cached_property
    def name(self) -> str:
        """The text in the form names are compared in."""
        return plain(self.text)


def wanted(text: str, *, size: str = "", length_s: int | None = None, rate_type: str = "", format: str = "", place: str = "") -> Wanted:
    """Read a line's wording and its other columns. What a column says goes before what the text says."""
    whole = f"{text} {size} {format}"
    return Wanted(
        text=text.strip(), words=words(f"{text} {place}"), size=size_of(size) or size_of(whole),
        length_s=length_s or length_of(whole), rate_type=rate_type_of(rate_type), format=format.strip().casefold(), place=place.strip(),
    )  # fmt: skip


def words(text: str) -> frozenset[str]:
    """Words as compared: folded, short forms spelt out, one-letter words dropped."""
    spelt = re.sub(r"[\w-]+", lambda found: SHORT.get(found[0], found[0]), text.casefold())
    return frozenset(word for word in re.findall(r"\w+", spelt) if len(word) > 1)


def plain(text: str) -> str:
    """A name as compared: folded, single spaces."""
    return " ".join(text.casefold().split())


def size_of(text: str) -> tuple[int, int] | None:
    """Width and height in pixels named in `text`, by figures or by a size's usual name."""
    found = SIZE.search(text)
    if found:
        return int(found[1]), int(found[2])
    folded = " ".join(re.findall(r"[a-z]+", text.casefold()))
    named = [name for name in SIZE_NAMES if re.search(rf"\b{name}\b", folded)]
    return SIZE_NAMES[max(named, key=len)] if named else None


def length_of(text: str) -> int | None:
    """Seconds named in `text` (':30', '30 s', '15 sec')."""
    found = LENGTH.search(text)
    return int(found[1] or found[2]) if found else None


def rate_type_of(text: str) -> str:
    """The rate type a word or unit names; empty when none."""
    folded = " ".join(re.findall(r"[a-z]+", text.casefold()))
    if folded in RATE_WORDS:
        return RATE_WORDS[folded]
    return next((kind for word, kind in RATE_WORDS.items() if re.search(rf"\b{word}\b", folded)), "")
