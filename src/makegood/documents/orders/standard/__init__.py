"""Orders in the trade's own JSON: planmatic media plans, AdCP media buys, OpenDirect orders, OpenProposal proposals.

Every value has its path as place; nothing is guessed, and what is of another type than it should be is an error at its path.
"""
import json
import pathlib
from decimal import Decimal
from typing import Any

from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.standard import shapes, values
from makegood.documents.orders.standard.values import Read

LARGEST = 20 * 1024 * 1024
DEEPEST = 40


def read(path: pathlib.Path) -> Read:
    """Fields, lines and errors by path. Raises UnreadableDocument for what is no JSON and for JSON of no standard known here."""
    whole = loaded(path)
    shape = next((one for one in shapes.SHAPES if one.fits(whole)), None)
    if shape is None:
        raise UnreadableDocument("this JSON is no order of a standard that can be read", path.name,
                                 f"send one of: {', '.join(one.name for one in shapes.SHAPES)}")
    return values.read(whole, shape)


def loaded(path: pathlib.Path) -> dict[str, Any]:
    """The file's object; a list of one is that one. Figures become Decimals."""
    if path.stat().st_size > LARGEST:
        raise UnreadableDocument("the JSON is larger than any order", path.name, "send the order alone")
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal, parse_constant=refused)
    except UnicodeDecodeError as error:
        raise UnreadableDocument("the JSON is not written in UTF-8", path.name, "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableDocument(f"the JSON is broken: {error.msg}", f"{path.name}, line {error.lineno}, column {error.colno}", "send it again whole") from error
    except (RecursionError, ValueError) as error:
        raise UnreadableDocument("the JSON holds what no order holds", path.name, "send a plain order") from error
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        raise UnreadableDocument("the JSON holds no order, or several", path.name, "send each order as a file of its own")
    return found


def refused(constant: str) -> None:
    """NaN and Infinity are no figures of an order."""
    raise ValueError(constant)


def rows(path: pathlib.Path) -> list[list[str]]:
    """Paths and their values, for the viewer."""
    return [[where, "" if value is None else str(value)] for where, value in values.leaves(loaded(path))]
