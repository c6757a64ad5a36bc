"""Consent strings written by the IAB's own libraries are read as they were meant; anything else permits nothing."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.adserver import consent
from makegood.adserver.consent import ALL, NOTHING, Permits, gpp, tcf, us
from makegood.adserver.consent.bits import Bits, Unreadable
from tests.clients import build

OURS = 755
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
NAMES = {7: "usnat", 8: "usca", 9: "usva", 10: "usco", 11: "usut", 12: "usct", 13: "usfl", 14: "usmt", 15: "usor", 16: "ustx", 17: "usde",
         18: "usia", 19: "usne", 20: "usnh", 21: "usnj", 22: "ustn", 23: "usmn", 24: "usmd", 25: "usin", 26: "usky", 27: "usri"}  # fmt: skip
SHARES = {7, 8}  # sections with an opt-out of sharing
TARGETS = set(NAMES) - {8}  # and of targeted advertising


def wanted(chance: random.Random) -> dict[str, object]:
    """What a person might choose, for the library to write down."""
    some = lambda most, share: [n for n in range(1, most + 1) if chance.random() < share]  # noqa: E731
    kinds = [[OURS if chance.random() < 0.7 else chance.randint(1, 900), chance.choice((2, 4)), chance.choice((0, 1, 2))] for _ in range(chance.randint(0, 3))]
    return {
        "kind": "tcf", "consents": some(11, 0.7), "interests": [n for n in some(11, 0.6) if n not in (1, 3, 4, 5, 6)],
        "vendors": some(900, chance.choice((0.01, 0.5, 0.98))) + [OURS] * (chance.random() < 0.6), "restrictions": kinds,
        "interestVendors": some(900, 0.3), "segments": chance.random() < 0.5,
    }  # fmt: skip


def meant(choice: dict, vendor: int) -> Permits:
    """What a choice permits, by the framework's own words."""
    barred = {(p, k) for v, p, k in choice["restrictions"] if v == vendor}
    by_consent = lambda p: p in choice["consents"] and (not vendor or vendor in choice["vendors"]) and not barred & {(p, 0), (p, 2)}  # noqa: E731
    by_interest = lambda p: p in choice["interests"] and (not vendor or vendor in choice["interestVendors"]) and not barred & {(p, 0), (p, 1)}  # noqa: E731
    return Permits(by_consent(1) and (by_consent(2) or by_interest(2)), by_consent(4))


@pytest.fixture(scope="module")
def written() -> list[tuple[dict, str]]:
    chance = random.Random(7)
    choices = [wanted(chance) for _ in range(120)]
    return list(zip(choices, build.node("consent.mjs", choices), strict=True))


def test_a_framework_string_is_read_as_it_was_written(written) -> None:
    for choice, text in written:
        core = tcf.read(text)
        assert (core.consented, core.interest) == (frozenset(choice["consents"]), frozenset(choice["interests"]))
        assert [v for v in range(1, 1000) if v in core.vendors] == sorted(set(choice["vendors"]))
        assert [v for v in range(1, 1000) if v in core.interest_vendors] == choice["interestVendors"]
        for vendor in (0, OURS):
            assert consent.read(text, vendor) == meant(choice, vendor), (choice, text)
    found = {consent.read(text, OURS) for _, text in written}
    assert {NOTHING, ALL} <= found


def test_a_string_that_was_cut_off_permits_nothing_more(written) -> None:
    for _, text in written[:20]:
        core = text.partition(".")[0]
        whole = consent.read(core, OURS)
        assert {consent.read(core[:length], OURS) for length in range(len(core))} <= {NOTHING, whole}
        assert consent.read(core[:35], 0) == NOTHING


def test_every_section_of_the_united_states_knows_its_opt_outs() -> None:
    fields = ["SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut"]
    has = lambda number, field: field == "SaleOptOut" or number in (SHARES if field == "SharingOptOut" else TARGETS)  # noqa: E731
    cases = [(number, field, value) for number in NAMES for field in fields if has(number, field) for value in (0, 1, 2)]
    asked = [{"kind": "gpp", "fields": [[NAMES[number], field, value]]} for number, field, value in cases]
    for (number, field, value), text in zip(cases, build.node("consent.mjs", asked), strict=True):
        assert list(gpp.sections(text)) == [number]
        assert consent.read(text) == (NOTHING if value == 1 else ALL), (number, field, value, text)
    assert set(NAMES) == set(us.SECTIONS)


def test_sections_that_apply_must_all_permit_and_a_privacy_control_is_an_opt_out() -> None:
    purposes = [n in (1, 2, 4) for n in range(1, 25)]
    asked = [
        {"kind": "gpp", "fields": [["usnat", "SaleOptOut", 2], ["usca", "SaleOptOut", 1]]},
        {"kind": "gpp", "fields": [["tcfeuv2", "PurposeConsents", purposes], ["uspv1", "OptOutSale", "N"], ["usva", "SaleOptOut", 2]]},
        {"kind": "gpp", "fields": [["usnat", "SaleOptOut", 2], ["usnat", "Gpc", True]]},
        {"kind": "gpp", "fields": [["tcfcav1", "PurposesExpressConsent", purposes]]},
    ]  # fmt: skip
    both, three, control, canada = build.node("consent.mjs", asked)
    assert [consent.read(f"{both}{more}") for more in ("", ";7", ";8", ";7,8", ";9", ";x")] == [NOTHING, ALL, NOTHING, NOTHING, NOTHING, NOTHING]
    assert list(gpp.sections(three)) == [2, 6, 9]
    assert [consent.read(three), consent.read(three, OURS), consent.read(f"{three};9", OURS)] == [ALL, NOTHING, ALL]
    assert [consent.read(control), consent.read(canada)] == [NOTHING, NOTHING]


def test_plain_answers_and_privacy_strings() -> None:
    permits = {"1": ALL, "true": ALL, "": NOTHING, "0": NOTHING, "false": NOTHING, "1YNN": ALL, "1YYN": NOTHING, "1---": ALL, "1ynn": NOTHING, "2YNN": NOTHING}
    assert {text: consent.read(text) for text in permits} == permits
    assert [consent.read(text) for text in ("1 1YNN", "1YNN 1YYN", " 1 ", "1 " * 2000, "1 x")] == [ALL, NOTHING, ALL, ALL, NOTHING]


@given(st.one_of(st.text(), st.text(alphabet=LETTERS + ".~;,= "), st.text(alphabet=LETTERS).map("C".__add__), st.text(alphabet=LETTERS + "~").map("DB".__add__)))
def test_nothing_that_anybody_sends_stops_the_reading(text: str) -> None:
    assert isinstance(consent.read.__wrapped__(text, 5), Permits)


@given(st.lists(st.tuples(st.integers(0, 2**20 - 1), st.integers(20, 36)), max_size=20))
def test_numbers_come_back_as_they_were_written(fields: list[tuple[int, int]]) -> None:
    bits = Bits(letters("".join(f"{value:0{width}b}" for value, width in fields)))
    assert [bits.whole(width) for _, width in fields] == [value for value, _ in fields]
    with pytest.raises(Unreadable):
        bits.whole(7)


@given(st.lists(st.integers(1, 10_000), max_size=20))
def test_fibonacci_numbers_come_back_as_they_were_written(numbers: list[int]) -> None:
    bits = Bits(letters("".join(fibonacci(number) for number in numbers)))
    assert [bits.fibonacci() for _ in numbers] == numbers


def test_a_short_string_that_names_millions_of_vendors_is_not_spelled_out() -> None:
    whole_range = "1" + f"{1:016b}" + f"{65535:016b}"
    head = f"{2:06b}" + "0" * (213 - 6)
    vendors = f"{65535:016b}" + "1" + f"{110:012b}" + whole_range * 110
    text = letters(head + vendors * 2 + "0" * 12)
    assert consent.read(text, OURS) == NOTHING
    core = tcf.read(text)
    assert (OURS in core.vendors, len(core.vendors.single), len(core.vendors.ranges)) == (True, 0, 110)


def letters(bits: str) -> str:
    """Bits as web-safe base64, padded with zeros."""
    bits += "0" * (-len(bits) % 6)
    return "".join(LETTERS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


def fibonacci(number: int) -> str:
    """A number as the sum of Fibonacci numbers, smallest first, ended by a one (Zeckendorf)."""
    row = [1, 2]
    while row[-1] <= number:
        row.append(row[-1] + row[-2])
    code, rest = "", number
    for value in reversed(row[:-1]):
        code, rest = ("1" if value <= rest else "0") + code, rest - value * (value <= rest)
    return code.rstrip("0") + "1"
