"""Amounts and counts as people write them: 1,234.56, 1.234,56, 1 234,56, (210.00), $4,720, 12k.

Pure text to Decimal; money stays Decimal.
"""
import re
from decimal import Decimal

from makegood.engine import currencies

SIGNS = {**currencies.SYMBOLS, "$": "USD", "¥": "JPY", "zł": "PLN", "Kč": "CZK", "R$": "BRL"}
SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
DIGITS = r"(?:\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,6})?)"
MONEY = re.compile(rf"(?<![\w.,/-])(?P<open>\()?\s?(?P<minus>-)?\s?(?:(?P<sign>{SIGN})|(?P<code>[A-Z]{{3}})\s)?\s?(?P<after>-)?"
                   rf"(?P<digits>{DIGITS})\s?(?P<tail>{SIGN}|[A-Z]{{3}}\b)?(?P<shut>\))?(?![\w/:]|[.,-]\d)")
TORN = re.compile(rf"(?P<sign>{SIGN})\s?(?P<digits>\d[\d ]{{0,3}}(?:[ ,]{{1,2}}\d[\d ]{{2,3}})*\s?\.\s?\d\s?\d)(?!\d)")
WHOLE = re.compile(r"\d{1,3}(?:,\d{3})*\.\d\d")
NUMBER = re.compile(rf"[(]?[-+]?\s?(?P<digits>{DIGITS})\s?(?P<scale>[kKmM]\b|mio\b|mil\b|million\b)?\s?%?[)]?")
SCALES = {"k": 1000, "m": 1_000_000, "mio": 1_000_000, "mil": 1000, "million": 1_000_000}


def plain_digits(digits: str, comma_decimals: bool | None = None) -> Decimal:
    """Digits with separators as a Decimal. The last separator is decimal unless exactly three digits follow it.

    `comma_decimals` settles '1.234' and '1,234' when the rest of the document has shown its habit.
    """
    digits = re.sub(r"[ '\u00a0\u202f]", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return Decimal(digits)
    mark, tail = digits[last], digits[last + 1:]
    other = "," if mark == "." else "."
    grouped = len(tail) == 3 and other not in digits
    if grouped and comma_decimals is not None and digits.count(mark) == 1:
        grouped = (mark == ",") is not comma_decimals
    if grouped or (digits.count(mark) > 1 and len(tail) == 3):
        return Decimal(digits.replace(mark, "").replace(other, "."))
    if digits.count(mark) > 1:  # 1,215,00: a point misread as a comma
        return Decimal(digits[:last].replace(mark, "").replace(other, "") + "." + tail)
    return Decimal(digits.replace(other, "").replace(mark, "."))


def habit(text: str) -> bool | None:
    """Whether the document writes decimals with a comma; None when it does not show."""
    commas = len(re.findall(r"\d\.\d{3},\d\d?\b|(?<![\d.,])\d+,\d\d(?![\d,.])", text))
    points = len(re.findall(r"\d,\d{3}\.\d\d?\b|(?<![\d.,])\d+\.\d\d(?![\d,./])", text))
    return None if commas == points else commas > points


def number(text: str, comma_decimals: bool | None = None) -> Decimal | None:
    """The text as one number, None when it is anything else. Brackets and a leading minus mean negative."""
    text = re.sub(SIGN, "", text.strip()).strip(" |_]}")
    found = NUMBER.fullmatch(text)
    if found is None:
        return None
    value = plain_digits(found["digits"], comma_decimals) * SCALES.get((found["scale"] or "").lower(), 1)
    return -value if text.startswith(("(", "-")) else value


def rejoined(text: str) -> str:
    """The text with amounts of dollars that a scan tore apart put together: '$1 5,300.00', '$15, 300. 00'."""
    def whole(match: re.Match[str]) -> str:
        digits = match["digits"].replace(" ", "")
        return match["sign"] + digits if WHOLE.fullmatch(digits) else match[0]

    return TORN.sub(whole, text)


def amounts(text: str, comma_decimals: bool | None = None) -> list[tuple[Decimal, str]]:
    """Every amount of money in the text with its words: something with a currency sign or code, or two decimals."""
    found = []
    for match in MONEY.finditer(rejoined(text)):
        marked = match["sign"] or (match["code"] or match["tail"] or "") in {*currencies.MINOR_UNITS, *SIGNS}
        if not marked and not re.search(r"[.,]\d\d$", match["digits"]):
            continue
        value = plain_digits(match["digits"], comma_decimals)
        negative = match["minus"] or match["after"] or (match["open"] and match["shut"])
        found.append((-value if negative else value, match[0].strip()))
    return found


def money(text: str, comma_decimals: bool | None = None) -> Decimal | None:
    """The text as one amount (a bare number counts), None when it is anything else."""
    found = amounts(text, comma_decimals)
    if len(found) == 1 and len(found[0][1]) >= len(text.strip()) - 3:
        return found[0][0]
    return number(re.sub(r"\b[A-Z]{3}\b", "", text), comma_decimals)
