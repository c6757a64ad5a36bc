"""Kernel that knows the JSON of an ordinary ad request: one slot, plain texts, no consent; the rest is msgspec's.

What each key means is `adrequest.AdRequest`; here only where its text stands. A key given twice, an escape, a text
beyond ASCII, a nested value that is not ours, or anything JSON does not allow ends it.
"""

from __future__ import annotations

from makegood.adserver.adrequest import LONGEST
from makegood.adserver.straight.columns import (
    CATEGORY,
    COOKIES,
    DEVICE,
    GEO,
    LANGUAGE,
    PLACEMENT,
    SECTION,
    SLOT,
    Bytes,
    Ints,
)
from makegood.adserver.straight.scanning import (
    COLON,
    COMMA,
    NONE,
    QUOTE,
    at,
    past_blanks,
    past_integer,
    past_literal,
    past_string,
    same,
    word,
)
from makegood.engine.kernels import compiled

_OPEN, _CLOSE, _LIST, _LIST_END = 123, 125, 91, 93
_TRUE, _FALSE, _NULL = word("true"), word("false"), word("null")
_SLOTS, _ID, _PLACEMENT, _AUDIENCES = word("slots"), word("id"), word("placement"), word("audiences")
_GEO, _DEVICE, _SECTION, _LANGUAGE, _CATEGORY = (word(name) for name in ("geo", "device", "section", "language", "category"))
_KEY_VALUES, _CONSENT, _CAPS, _TEST = word("key_values"), word("consent"), word("caps"), word("test")
_SLOTS_SEEN, _AUDIENCES_SEEN = 1, 2


@compiled
def read(text: Bytes, p: int, end: int, found: Ints) -> bool:
    """Fill the spans of the request's texts in; False when it is not an ordinary one."""
    p, seen = _entered(text, past_blanks(text, p, end), end), 0
    while p != NONE:
        key, p = p + 1, past_string(text, p, end)
        last = p - 1
        p = _value(text, p, end)
        if p == NONE:
            return False
        if same(text, key, last, _SLOTS):
            p = NONE if seen & _SLOTS_SEEN else _slots(text, p, end, found)
            seen |= _SLOTS_SEEN
        elif same(text, key, last, _AUDIENCES):
            p = NONE if seen & _AUDIENCES_SEEN else _texts(text, p, end)
            seen |= _AUDIENCES_SEEN
        else:
            p = _one(text, key, last, p, end, found)
        p = past_blanks(text, p, end) if p != NONE else NONE
        if p != NONE and at(text, p, end) == _CLOSE:
            return seen & _SLOTS_SEEN != 0 and past_blanks(text, p + 1, end) == end
        p = _next_key(text, p, end)
    return False


@compiled
def _entered(text: Bytes, p: int, end: int) -> int:
    """The quote of an object's first key, NONE for an empty one."""
    if at(text, p, end) != _OPEN:
        return NONE
    p = past_blanks(text, p + 1, end)
    return p if at(text, p, end) == QUOTE else NONE


@compiled
def _next_key(text: Bytes, p: int, end: int) -> int:
    """The quote of the key behind a comma at `p`."""
    if p == NONE or at(text, p, end) != COMMA:
        return NONE
    p = past_blanks(text, p + 1, end)
    return p if at(text, p, end) == QUOTE else NONE


@compiled
def _value(text: Bytes, p: int, end: int) -> int:
    """Where the value begins whose key ends at `p`."""
    if p == NONE:
        return NONE
    p = past_blanks(text, p, end)
    return past_blanks(text, p + 1, end) if at(text, p, end) == COLON else NONE


@compiled
def _one(text: Bytes, key: int, last: int, p: int, end: int, found: Ints) -> int:
    """Behind one value of the outermost object: a known text, something harmless, or NONE."""
    column = _column(text, key, last)
    if column:
        return _text(text, p, end, found, column)
    if same(text, key, last, _CONSENT) and found[COOKIES]:
        return past_literal(text, p, end, _NULL)  # a refusal may take a cookie away
    if same(text, key, last, _CONSENT) or same(text, key, last, _TEST):
        return past_literal(text, p, end, _FALSE if at(text, p, end) == 102 else _NULL)
    if same(text, key, last, _KEY_VALUES) or same(text, key, last, _CAPS):
        return past_literal(text, p, end, _NULL)
    return _harmless(text, p, end)


@compiled
def _column(text: Bytes, key: int, last: int) -> int:
    if same(text, key, last, _GEO):
        return GEO
    if same(text, key, last, _DEVICE):
        return DEVICE
    if same(text, key, last, _SECTION):
        return SECTION
    if same(text, key, last, _LANGUAGE):
        return LANGUAGE
    return CATEGORY if same(text, key, last, _CATEGORY) else 0


@compiled
def _text(text: Bytes, p: int, end: int, found: Ints, column: int) -> int:
    """Behind a known text, its span filled in; empty, too long or given twice is NONE."""
    if at(text, p, end) != QUOTE or found[column + 1]:
        return NONE
    past = past_string(text, p, end)
    if past == NONE or not 0 < past - p - 2 <= LONGEST:
        return NONE
    found[column], found[column + 1] = p + 1, past - 1
    return past


@compiled
def _slots(text: Bytes, p: int, end: int, found: Ints) -> int:
    """Behind a list of one slot."""
    if at(text, p, end) != _LIST:
        return NONE
    p = _entered(text, past_blanks(text, p + 1, end), end)
    while p != NONE:
        key, p = p + 1, past_string(text, p, end)
        last = p - 1
        p = _value(text, p, end)
        if p == NONE:
            return NONE
        if same(text, key, last, _PLACEMENT):
            p = _text(text, p, end, found, PLACEMENT)
        elif same(text, key, last, _ID):
            p = _text(text, p, end, found, SLOT)
        else:
            p = _harmless(text, p, end)
        p = past_blanks(text, p, end) if p != NONE else NONE
        if p != NONE and at(text, p, end) == _CLOSE:
            p = past_blanks(text, p + 1, end)
            return p + 1 if at(text, p, end) == _LIST_END and found[PLACEMENT + 1] else NONE
        p = _next_key(text, p, end)
    return NONE


@compiled
def _texts(text: Bytes, p: int, end: int) -> int:
    """Behind a list of texts, which without consent say nothing."""
    if at(text, p, end) != _LIST:
        return NONE
    p = past_blanks(text, p + 1, end)
    if at(text, p, end) == _LIST_END:
        return p + 1
    while at(text, p, end) == QUOTE:
        past = past_string(text, p, end)
        if past == NONE or past - p - 2 > LONGEST:
            return NONE
        p = past_blanks(text, past, end)
        if at(text, p, end) == _LIST_END:
            return p + 1
        if at(text, p, end) != COMMA:
            return NONE
        p = past_blanks(text, p + 1, end)
    return NONE


@compiled
def _harmless(text: Bytes, p: int, end: int) -> int:
    """Behind a plain value of a key nobody knows."""
    first = at(text, p, end)
    if first == QUOTE:
        return past_string(text, p, end)
    if 48 <= first <= 57:
        return past_integer(text, p, end)
    if first == 116:
        return past_literal(text, p, end, _TRUE)
    return past_literal(text, p, end, _FALSE if first == 102 else _NULL)
