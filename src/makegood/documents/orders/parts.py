"""Files that hold several contracts one after another: the first is read, the others are named.

Decides by contract numbers, page counts and what the first part already says.
"""
import re
from collections.abc import Mapping

from makegood.documents.orders.fields.gather import Guess
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.lexicon import mending
from makegood.documents.orders.messages import Place, Problem, Severity
from makegood.documents.orders.values import words

SURE, COMPLETE = 0.8, 0.6
LATER_PAGE = re.compile(r"\bpage:?\s*(\d{1,3})\b", re.IGNORECASE)


def first(leaves: tuple[Leaf, ...], found: Mapping[str, list[Guess]]) -> tuple[tuple[Leaf, ...], Problem | None]:
    """The leaves of the first contract, and the problem that names the next one; all leaves where there is only one."""
    numbers = by_leaf(found.get("contract_number", []))
    if len(numbers) < 2:
        return leaves, None
    begins = min(numbers)
    own: set[str] = set()
    for index, leaf in enumerate(leaves):
        here = numbers.get(leaf.number, {})
        if leaf.number > begins and is_another(leaf, here, own) and ordering(found, leaf.number) and complete(found, begins, leaf.number):
            return leaves[:index], another(leaf, max(here, key=lambda code: here[code]))
        own |= {mending.alike(words.folded(code)) for code in here}
    return leaves, None


def by_leaf(guesses: list[Guess]) -> dict[int, dict[str, float]]:
    """{leaf: {contract number: score}}."""
    found: dict[int, dict[str, float]] = {}
    for guess in guesses:
        here = found.setdefault(guess.leaf, {})
        here[str(guess.value)] = max(guess.score, here.get(str(guess.value), 0.0))
    return found


def is_another(leaf: Leaf, here: Mapping[str, float], own: set[str]) -> bool:
    """Whether a page says a number of its own, none of those before it, and does not count on from them."""
    if not here or max(here.values()) < SURE or {mending.alike(words.folded(code)) for code in here} & own:
        return False
    page = LATER_PAGE.search(" ".join(leaf.text.split()))
    return page is None or page[1] == "1"


def ordering(found: Mapping[str, list[Guess]], leaf: int) -> bool:
    """Whether the page says a total or a flight of its own; a form that only quotes a number is no contract."""
    return any(guess.score >= COMPLETE and guess.leaf == leaf for name in ("gross_amount", "flight", "flight_start")
               for guess in found.get(name, []))


def complete(found: Mapping[str, list[Guess]], first_leaf: int, next_leaf: int) -> bool:
    """Whether the pages before already give a total and a flight, so that what follows cannot be their other half."""
    def given(*names: str) -> bool:
        return any(guess.score >= COMPLETE and first_leaf <= guess.leaf < next_leaf for name in names for guess in found.get(name, []))

    return given("gross_amount") and given("flight", "flight_start") and given("advertiser")


def another(leaf: Leaf, code: str) -> Problem:
    """The warning that the file goes on with another contract."""
    return Problem(Severity.WARNING, "another_contract", f"page {leaf.number} begins another contract, {code}; it was not read",
                   "send each contract as a file of its own", Place(page=leaf.number), field="contract_number")
