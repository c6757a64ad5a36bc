"""What sort of document it is and in which currency, from its title and its signs.

Looks at words only; both are facts no label need name.
"""
import re
from collections import Counter

from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.messages import Field
from makegood.documents.orders.values import numbers, words
from makegood.engine import currencies

TITLES = {"invoice": "invoice", "rechnung": "invoice", "facture": "invoice", "proposal": "proposal", "angebot": "proposal",
          "contract": "contract", "confirmation contract": "contract", "order": "order", "insertion order": "order",
          "order confirmation": "order", "media order": "order", "auftrag": "order", "bon de commande": "order"}
CODE = re.compile(r"\b([A-Z]{3})\s?\d[\d.,' ]*\d\b|\d[.,]\d\d\s?([A-Z]{3})\b|[(\[]([A-Z]{3})[)\]]")  # CHF 12.50, 12,50 EUR, Cost (EUR)
TITLE_ROWS = 25
LONGEST_TITLE = 6  # words


def fields(leaves: tuple[Leaf, ...], known: dict[str, Field], text: str) -> dict[str, Field]:
    """document_type and, where no label gave it, currency."""
    found = {"document_type": document_type(leaves)}
    if "currency" not in known:
        money = Counter(code for sign, code in numbers.SIGNS.items() for _ in range(text.count(sign)))
        money.update(code for found in CODE.finditer(text) if (code := found[1] or found[2] or found[3]) in currencies.MINOR_UNITS)
        if money:
            code, _count = money.most_common(1)[0]
            certain = 0.6 if code in {"USD", "JPY"} else 0.85  # other currencies write $ and ¥ too
            found["currency"] = Field("currency", code, code, None, certain)
    return found


def document_type(leaves: tuple[Leaf, ...]) -> Field:
    """order, contract, invoice or proposal: by a short title on the first page, else order."""
    for exact in (True, False):
        for row in leaves[0].rows[:TITLE_ROWS] + leaves[0].rows[-4:]:
            for chunk in row:
                folded = words.folded(chunk.text).strip(" :")
                if len(folded.split()) > LONGEST_TITLE:
                    continue
                title = folded if exact else next((title for title in TITLES if title in folded.split()), "")
                if title in TITLES:
                    return Field("document_type", TITLES[title], chunk.text, chunk.place, 0.9 if exact else 0.6)
    return Field("document_type", "order", "", None, 0.4)
