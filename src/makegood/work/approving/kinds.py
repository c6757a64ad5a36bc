"""What approvals are asked about: each kind with what its measure counts. Data; which threshold needs whom is an ApprovalRule."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """`measure` says what the threshold is compared with, in `unit`; `about` what a rule of the kind may be narrowed to."""

    code: str
    title: str
    measure: str
    unit: str = ""
    about: str = ""


KINDS = {
    one.code: one
    for one in (
        Kind("discount", "Discount", "deepest discount of a line off its card", "%"),
        Kind("floor", "Below the floor", "money given away below the floors", "money"),
        Kind("off_card", "Off the card", "money sold at rates the card does not know", "money"),
        Kind("margin", "Margin", "what the inventory costs, of net", "%"),
        Kind("credit", "Credit", "net beyond the payer's limit, or all of it on hold", "money"),
        Kind("category", "Sensitive category", "gross of the order", "money", "categories or brands"),
        Kind("overbooking", "Over-booking", "units beyond what is available", "units"),
        Kind("terms", "Non-standard terms", "severity of the differences from our paper", "points", "clauses"),
        Kind("payment_terms", "Payment terms", "days beyond the account's terms", "days"),
        Kind("exclusivity", "Exclusivity", "gross sold into a category promised to another", "money", "categories"),
        Kind("cancellation_fee", "Cancellation fee waived", "fee given up", "money"),
        Kind("hold_extension", "Hold extension", "days beyond the first expiry", "days"),
        Kind("creative_exception", "Creative exception", "risk of the guideline", "points"),
    )
}


def title(code: str) -> str:
    """The kind in words, its code when nobody named it."""
    return KINDS[code].title if code in KINDS else code.replace("_", " ").capitalize()
