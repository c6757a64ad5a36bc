"""A BidRequest: its imps with the placements they name, the auction's terms, and what is known of page and person."""

from __future__ import annotations

import dataclasses

import msgspec
import orjson

from makegood.adserver.adrequest import MOST_SLOTS, AdRequest, BadRequest, Slot
from makegood.adserver.http import Request
from makegood.adserver.openrtb import person
from makegood.adserver.openrtb.node import Node

DEFAULT_CURRENCY = "USD"


@dataclasses.dataclass(frozen=True, slots=True)
class Imp:
    """One place on offer. `placement` is what its tagid (or ext.gpid) says; `node` holds the rest as sent."""

    id: str
    placement: str
    node: Node


@dataclasses.dataclass(frozen=True, slots=True)
class Auction:
    """A bid request. `blocked` are advertisers' domains and categories; `seats` the only ones allowed (none: all)."""

    id: str
    imps: tuple[Imp, ...]
    currencies: tuple[str, ...]
    blocked: frozenset[str]
    seats: frozenset[str]
    barred_seats: frozenset[str]
    test: bool
    about: AdRequest
    asker: Request

    def request(self, imps: tuple[Imp, ...]) -> AdRequest:
        """Return the ad request for some of the imps."""
        return msgspec.structs.replace(self.about, slots=tuple(Slot(imp.placement, imp.id) for imp in imps))


def read(request: Request) -> Auction:
    """Read a POSTed bid request; raises BadRequest naming the place."""
    try:
        row = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"body: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadRequest("body: expected a BidRequest object")
    root = Node(row)
    if not (auction := root.text("id")):
        raise BadRequest("id: missing; every bid request has its own")
    imps = tuple(_imp(node) for node in root.nodes("imp"))
    if not 1 <= len(imps) <= MOST_SLOTS:
        raise BadRequest(f"imp: expected 1 to {MOST_SLOTS} objects, {len(imps)} came")
    if len({imp.id for imp in imps}) < len(imps):
        raise BadRequest("imp: two have the same id")
    return Auction(
        auction, imps, root.texts("cur") or (DEFAULT_CURRENCY,),
        frozenset((*root.texts("badv"), *root.texts("bcat"))), frozenset(root.texts("wseat")),
        frozenset(root.texts("bseat")), bool(root.whole("test")), person.about(root), person.asker(root, request),
    )  # fmt: skip


def _imp(node: Node) -> Imp:
    if not (number := node.text("id")):
        raise BadRequest(f"{node.path}.id: missing")
    return Imp(number, node.text("tagid") or node.node("ext").text("gpid"), node)
