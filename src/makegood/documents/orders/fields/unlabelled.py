"""Facts of documents whose labels are missing or unreadable: a total by its sums, a flight by its form, a party by its words.

Asked only where no label gave the fact; everything read here is marked as unlabelled and wants to be confirmed.
"""
import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from makegood.documents.orders.fields import typed
from makegood.documents.orders.fields.gather import Guess
from makegood.documents.orders.leaf import Chunk, Leaf
from makegood.documents.orders.messages import Field
from makegood.documents.orders.values import dates, numbers, words

CENT = Decimal("0.01")
KEPT = Decimal("0.85")  # of the gross after the usual agency commission
CONFIDENCE = 0.4
PRINTED = 0.55  # before the sum of the lines confirms it; clear labels of a total stay above
LONGEST_FLIGHT, LONGEST_RANGE = 370, 32  # days; letters of a text that is a range and nothing else
FEWEST_SUMMED = 2
PARTY = re.compile(r"^POL\s?/|\bfor (?:[\w.']+ ){0,2}(?:congress|(?:us |state |u\.s\. )?senate|governor|president|mayor|judge|sheriff|assembly|house"
                   r"|attorney general|supreme court)\b|\b(?:PAC|committee|campaign|action fund)\b|\b(?:vote )?(?:yes|no) on \w+", re.IGNORECASE)
CALL_LETTERS, TOP_ROWS = re.compile(r"[KW][A-Z]{3}(?:[- ](?:TV|DT|FM|AM|LD|CD|LP))?|[KW][A-Z]{2}-(?:TV|DT|FM|AM)"), 12
WORDS = {"WITH", "WEEK", "WEST", "WORK", "WILL", "KIDS", "KIND", "KEEP", "KEYS", "WANT", "WORD", "WAVE", "WIFE", "WINE"}
LONGEST_NAME = 9  # words


def gross(leaves: tuple[Leaf, ...], manner: typed.Manner) -> Field | None:
    """The largest amount that is the sum of those above it in its column, or whose net after the usual commission stands there."""
    found = [pair for leaf in leaves for pair in amounts(leaf, manner)]
    said = {value for value, _ in found}
    sums = [pair for leaf in leaves for pair in summed(list(amounts(leaf, manner)), leaf.unit)]
    nets = [(value, chunk) for value, chunk in found if any(abs(value * KEPT - other) <= CENT for other in said) and value > 1]
    best = max(sums + nets, key=lambda pair: pair[0], default=None)
    return None if best is None else Field("gross_amount", best[0], best[1].text, best[1].place, CONFIDENCE)


def printed(leaves: tuple[Leaf, ...], total: Decimal, taken: Mapping[int, set[int]], manner: typed.Manner) -> Iterator[Guess]:
    """The sum of the lines where the document prints it outside their rows (`taken`): confirmed, whatever its label."""
    for leaf in leaves:
        others = tuple(row for index, row in enumerate(leaf.rows) if index not in taken.get(leaf.number, set()))
        for value, chunk in amounts(dataclasses.replace(leaf, rows=others), manner):
            if value == total:
                yield Guess("gross_amount", value, chunk.text, chunk, PRINTED, leaf.number)


def amounts(leaf: Leaf, manner: typed.Manner) -> Iterator[tuple[Decimal, Chunk]]:
    """Chunks of the leaf that are one amount."""
    for row in leaf.rows:
        for chunk in row:
            found = numbers.amounts(chunk.text, manner.comma_decimals)
            if len(found) == 1 and found[0][0] > 0 and len(found[0][1]) >= len(chunk.text.strip()) - 2:
                yield found[0][0], chunk


def summed(found: list[tuple[Decimal, Chunk]], unit: float) -> Iterator[tuple[Decimal, Chunk]]:
    """Amounts that are the sum of all above them with the same right edge."""
    columns: dict[int, list[Decimal]] = defaultdict(list)
    for value, chunk in found:
        edge = next((edge for edge in columns if abs(edge - chunk.x1) <= unit), round(chunk.x1))
        above = columns[edge]
        if len(above) >= FEWEST_SUMMED and sum(above) == value:
            yield value, chunk
            above.clear()
        else:
            above.append(value)


def flight(leaves: tuple[Leaf, ...], manner: typed.Manner) -> dict[str, Field]:
    """The first text that is two dates and nothing else, in the right order and with years."""
    for leaf in leaves:
        for chunk in (chunk for row in leaf.rows for chunk in row if len(chunk.text) <= LONGEST_RANGE):
            found = dates.readings(chunk.text, manner.dates)
            if len(found) != 2 or len(found[0].text) < 6 or found[0].value is None or found[1].value is None:
                continue
            if 0 <= (found[1].value - found[0].value).days <= LONGEST_FLIGHT:
                return {name: Field(name, day.value, day.text, chunk.place, CONFIDENCE)
                        for name, day in zip(("flight_start", "flight_end"), found, strict=True)}
    return {}


def advertiser(leaves: tuple[Leaf, ...]) -> Field | None:
    """The first short text of the first page that is called as campaigns and committees are."""
    for chunk in (chunk for row in leaves[0].rows for chunk in row):
        name = words.name(chunk.text)
        if name and PARTY.search(name) and len(name.split()) <= LONGEST_NAME and ":" not in name and not name.endswith("."):
            return Field("advertiser", name, chunk.text, chunk.place, CONFIDENCE)
    return None


def station(leaves: tuple[Leaf, ...]) -> Field | None:
    """The first text at the top of a page that is an American station's call letters and nothing else."""
    for chunk in (chunk for row in leaves[0].rows[:TOP_ROWS] for chunk in row if chunk.place.page is not None):
        text = chunk.text.strip(" :,")
        if CALL_LETTERS.fullmatch(text) and text not in WORDS:
            return Field("station", text, chunk.text, chunk.place, CONFIDENCE)
    return None
