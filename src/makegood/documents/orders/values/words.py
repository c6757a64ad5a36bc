"""Codes and names: what can be a contract number, a party, an e-mail address; and texts brought to one form.

Pure text; no positions.
"""
import re
import unicodedata

CODE = re.compile(r"(?<![\w/.$-])(?=[A-Z0-9-]*\d)[A-Z]{0,6}-?\d(?:[A-Z0-9]{2,15}|[A-Z0-9]?-[A-Z0-9]{3,15})(?:-[A-Z0-9]{1,8}){0,3}(?![\w/:]|\.\d|,\d{3})", re.IGNORECASE)
PHONE = re.compile(r"\(?\d{3}\)?[ -.]\d{3}[-.]\d{4}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TRAILING_CODE = re.compile(r"\s*\(\s*\d{3,}\)?\s*$")
VERSION = re.compile(r"-(?:new|orig(?:inal)?|(?:rev|mod|ver)[a-z]*\d*)$", re.IGNORECASE)  # '424082-New', '424082-Rev2'
STRAY_STARS = re.compile(r"^\*+\s*|\s+\*+$")  # a star set on a word belongs to it
EDGES = " \t|_:;,~¢[]{}"


def code(text: str) -> str | None:
    """The first contract-like number in the text: has digits, is no date, phone number or amount."""
    text = PHONE.sub(" ", text.replace(" / ", "  "))
    found = next((match for match in CODE.finditer(text) if not re.fullmatch(r"[12][09]\d\d|\d{1,2}-[A-Z]{3}-\d\d",
                                                                             match[0], re.IGNORECASE)), None)
    return None if found is None else VERSION.sub("", found[0])


def name(text: str) -> str | None:
    """The text as a party or product name without the system's own number behind it; None when it cannot be one."""
    text = STRAY_STARS.sub("", TRAILING_CODE.sub("", text.strip(EDGES)).strip(EDGES))
    letters = sum(letter.isalpha() for letter in text)
    if letters < 2 or len(text) > 90 or letters < 0.4 * len(text.replace(" ", "")):
        return None
    if EMAIL.fullmatch(text) or PHONE.fullmatch(text) or len(text.split()) > 14:
        return None
    return " ".join(text.split())


def folded(text: str) -> str:
    """Lower case, no accents, one space: the form in which texts are compared."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    return " ".join(plain.casefold().split())
