"""What a line counts and how its rate is meant: impressions by the thousand, spots, days, clicks, a flat price.

Decided by words first, then by which reading makes quantity times rate the amount.
"""
import re
from decimal import Decimal

from makegood.documents.orders.messages import Field
from makegood.documents.orders.values import words

FREE = re.compile(r"credit|missed|pre-?empt|not aired|bonus", re.IGNORECASE)
UNITS = {"impr": "impressions", "imps": "impressions", "imp": "impressions", "cpm": "impressions", "tkp": "impressions",
         "spot": "spots", "day": "days", "tag": "days", "click": "clicks", "klick": "clicks", "clic": "clicks", "kontakt": "impressions", "view": "views", "send": "sends", "flat": "units"}
RATE_TYPES = {"cpm": "CPM", "tkp": "CPM", "thousand": "CPM", "cpt": "CPM", "cpc": "CPC", "click": "CPC", "klick": "CPC", "clic": "CPC", "kliks": "CPC", "tausend": "CPM", "mille": "CPM", "por mil": "CPM", "duizend": "CPM", "cpv": "CPV",
              "cpcv": "CPV", "view": "CPV", "flat": "flat", "fixed": "flat", "sponsor": "flat", "tenancy": "flat",
              "festpreis": "flat", "pauschal": "flat", "fijo": "flat", "vaste prijs": "flat", "forfait": "flat", "spot": "spot", "day": "unit", "tag": "unit", "jour": "unit", "stuck": "unit", "stuk": "unit", "unite": "unit",
              "unidad": "unit", "per unit": "unit"}
MIDDLE = 32  # halfway, in factors, between one and a thousand


def completed(fields: dict[str, Field], headings: dict[str, str], broadcast: bool, has_amounts: bool) -> dict[str, Field]:
    """The fields with `unit` and `rate_type` normalised and, in tables without amounts, the amount; for single aired spots also the quantity."""
    fields = dict(fields)
    if broadcast:
        if not has_amounts and "rate" in fields and not {"quantity", "spots_per_week"} & set(fields):
            free = "length_s" in fields and fields["length_s"].value == 0
            free = free or ("comment" in fields and FREE.search(fields["comment"].text) is not None)
            fields["amount"] = said("amount", Decimal() if free else fields["rate"].value, fields["rate"])
            fields["quantity"] = said("quantity", 0 if free else 1, fields["rate"])
        elif "quantity" not in fields and "spots_per_week" in fields and not has_amounts:
            fields["quantity"] = said("quantity", fields["spots_per_week"].value, fields["spots_per_week"])
        if not has_amounts and "amount" not in fields and "rate" in fields and "quantity" in fields:
            fields["amount"] = said("amount", times(fields["rate"], fields["quantity"]), fields["rate"])
        fields["unit"], fields["rate_type"] = known("unit", "spots", fields), known("rate_type", "spot", fields)
        return fields
    kind = word(RATE_TYPES, fields.get("rate_type"), headings.get("rate", ""), fields.get("unit"))
    thousands = in_thousands(headings.get("quantity", ""))
    kind = by_sums(fields) if kind is None or (not thousands and otherwise(fields)) else kind
    if thousands and isinstance(fields["quantity"].value, int):
        quantity = fields["quantity"]
        fields["quantity"] = Field("quantity", int(quantity.value) * 1000, quantity.text, quantity.place, 0.8)  # type: ignore[arg-type]
    unit = word(UNITS, fields.get("unit"), headings.get("quantity", ""), None)
    unit = unit or {"CPM": "impressions", "CPC": "clicks", "CPV": "views", "spot": "spots"}.get(kind or "", "units")
    fields["unit"] = known("unit", unit, fields)
    if not has_amounts and "amount" not in fields and "rate" in fields and "quantity" in fields:
        made = times(fields["rate"], fields["quantity"])
        kind = kind or "unit"
        if made is not None and kind != "flat":
            fields["amount"] = said("amount", made / 1000 if kind == "CPM" else made, fields["rate"])
    if kind:
        fields["rate_type"] = known("rate_type", kind, fields)
    return fields


def in_thousands(heading: str) -> bool:
    """Whether a column counts thousands: 'Imps (000)'."""
    return "000" in heading


def per_thousand(heading: str, rate_type: str) -> bool:
    """Whether a rate is for a thousand, by the line's own word, else by the column's."""
    said = next((meaning for text in (rate_type, heading) for part, meaning in RATE_TYPES.items() if part in words.folded(text)), "")
    return said == "CPM"


def otherwise(fields: dict[str, Field]) -> bool:
    """Whether a line that says no rate type of its own is priced otherwise than its column says: its rate, or units times it, is the amount."""
    quantity, rate, amount = (fields[name].value if name in fields else None for name in ("quantity", "rate", "amount"))
    if "rate_type" in fields or "unit" in fields or not isinstance(rate, Decimal) or not rate:
        return False
    return amount in {rate, rate * quantity if isinstance(quantity, int) else rate}


def times(rate: Field, quantity: Field) -> Decimal | None:
    """Rate times quantity, for tables that leave the amount to the reader."""
    if isinstance(rate.value, Decimal) and isinstance(quantity.value, (int, Decimal)):
        return rate.value * quantity.value
    return None


def word(meanings: dict[str, str], field: Field | None, heading: str, other: Field | None) -> str | None:
    """The first meaning whose word stands in the cell, in the header or in another cell."""
    for text in (field.text if field else "", heading, other.text if other else ""):
        folded = words.folded(text)
        for part, meaning in meanings.items():
            if part in folded:
                return meaning
    return None


def by_sums(fields: dict[str, Field]) -> str | None:
    """The rate type that makes the line's arithmetic true."""
    quantity, rate, amount = (fields[name].value if name in fields else None for name in ("quantity", "rate", "amount"))
    if not isinstance(rate, Decimal) or not isinstance(amount, Decimal):
        return None
    if rate == amount:
        return "flat"
    if not isinstance(quantity, int):
        return None
    if not quantity or not rate or not amount:
        return None
    per_unit = rate * quantity / amount  # 1 where the rate is for one unit, 1000 where it is for a thousand
    return "CPM" if per_unit > MIDDLE else "unit"


def said(name: str, value: object, source: Field) -> Field:
    """A value taken over from another field of the line."""
    return Field(name, value, source.text, source.place, 0.7)  # type: ignore[arg-type]


def known(name: str, value: str, fields: dict[str, Field]) -> Field:
    """A normalised word with the place it was read from, if it was."""
    source = fields.get(name)
    return Field(name, value, source.text if source else "", source.place if source else None, 0.9 if source else 0.7)
