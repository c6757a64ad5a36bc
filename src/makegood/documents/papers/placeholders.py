"""The blanks a clause may have: a small closed set, so that a clause that is published can always be filled."""

import re
from collections.abc import Mapping

PLACEHOLDERS = {
    "seller": "the seller's name", "advertiser": "the advertiser's name", "agency": "the agency's name, or the advertiser's when it buys itself",
    "order_number": "the number of the order or proposal", "campaign": "the campaign's name", "currency": "the currency of all amounts",
    "gross": "the gross amount", "net": "the net amount", "first_day": "the first day of the campaign", "last_day": "the last day of the campaign",
    "payment_days": "days to pay from the invoice's date", "cancellation_notice_days": "days of notice to cancel what is guaranteed",
    "other_notice_days": "days of notice to cancel what is not", "cancellation_fee_pct": "per cent to pay of what falls away of guaranteed lines",
    "tolerance_pct": "per cent by which third-party counts may differ", "bill_source": "whose counts are billed", "zone": "the time zone of all days",
    "valid_until": "the last day a proposal can be accepted",
}  # fmt: skip
BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LOOSE = re.compile(r"\{\{|\}\}")


class Misplaced(ValueError):
    """A blank that does not exist or is not closed; `name` is what stands in the text."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


def named(text: str) -> tuple[str, ...]:
    """The blanks of `text`, each once, in order. Raises Misplaced at the first unknown or unclosed one."""
    rest = BLANK.sub("", text)
    if loose := LOOSE.search(rest):
        at = text.find(loose[0])
        raise Misplaced(text[at : at + 30], f"{text[at : at + 30]!r} is not closed: a blank is written {{{{ payment_days }}}}")
    found = tuple(dict.fromkeys(BLANK.findall(text)))
    for name in found:
        if name not in PLACEHOLDERS:
            raise Misplaced(name, f"there is no blank {{{{ {name} }}}}; the blanks are {', '.join(PLACEHOLDERS)}")
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with its blanks filled once: what is filled in is never read for blanks again. Raises Misplaced, also for a missing value."""
    for name in named(text):
        if not values.get(name):
            raise Misplaced(name, f"nothing is known to fill {{{{ {name} }}}} with")
    return BLANK.sub(lambda found: values[found[1]], text)
