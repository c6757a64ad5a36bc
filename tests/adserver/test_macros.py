"""Macros in third parties' addresses: known ones are filled by value, everything else stays as it was sent."""

import re

from hypothesis import given
from hypothesis import strategies as st

from makegood.adserver import macros

AT = 1_790_000_000_123
NAMES = ("CACHEBUSTING", "CACHEBUSTER", "RANDOM")


def test_known_macros_have_their_values() -> None:
    urls = [f"https://v.example/i?{shape.format(name)}" for name in NAMES for shape in ("[{}]", "%%{}%%", "${{{}}}")]
    for filled in macros.filled([*urls, "https://v.example/i?[cachebusting]"], AT, 7):
        assert filled == "https://v.example/i?10000007"
    assert macros.filled(["https://v.example/?t=[TIMESTAMP]"], AT, 7) == ["https://v.example/?t=2026-09-21T14%3A13%3A20.123%2B00%3A00"]


def test_unknown_macros_stay() -> None:
    kept = ["https://v.example/?e=[ERRORCODE]&w=%%OTHER%%&x=${AUCTION_PRICE}", "https://v.example/%20a"]
    assert macros.filled(kept, AT, 7) == kept


@given(st.text(), st.integers(0, 2**32), st.sampled_from(NAMES))
def test_only_the_macro_changes_and_eight_digits_come(text: str, unique: int, name: str) -> None:
    before = re.sub(r"[\[\]%${}]", "", text)
    (after,) = macros.filled([f"{before}[{name}]{before}"], AT, unique)
    assert re.fullmatch(rf"{re.escape(before)}\d{{8}}{re.escape(before)}", after)


@given(st.text(max_size=5))
def test_an_error_code_is_three_digits_or_nothing(text: str) -> None:
    assert macros.error_code(text) in ("", text)
    assert [macros.error_code(code) for code in ("405", "099", "40", "4٠٥")] == ["405", "", "", ""]
