"""A sender is one number for a day: the same for one address and agent, another for any other, another tomorrow or under another key."""

from hypothesis import given
from hypothesis import strategies as st

from makegood.adserver.keys import Keys
from makegood.adserver.senders import Senders

DAY = 86_400_000


class At:
    """A clock that stands."""

    def __init__(self, ms: int) -> None:
        self.ms = ms

    def now_ms(self) -> int:
        return self.ms


def senders(ms: int = 0, secret: bytes = b"k" * 16) -> Senders:
    return Senders(Keys("k1", {"k1": secret}), At(ms))


@given(st.text(max_size=40), st.text(max_size=80), st.integers(0, DAY - 1))
def test_all_day_one_number_that_fits_the_database(address: str, agent: str, ms: int) -> None:
    number = senders(ms).of(address, agent)
    assert number == senders(0).of(address, agent)
    assert 0 < number < 1 << 63


def test_anybody_else_any_other_day_and_any_other_key_is_another() -> None:
    numbers = {
        senders().of("203.0.113.7", "Firefox"), senders().of("203.0.113.8", "Firefox"), senders().of("203.0.113.7", "Chrome"),
        senders(DAY).of("203.0.113.7", "Firefox"), senders(secret=b"j" * 16).of("203.0.113.7", "Firefox"),
    }  # fmt: skip
    assert len(numbers) == 5
