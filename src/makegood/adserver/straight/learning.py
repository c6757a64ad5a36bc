"""What the straight path learns from the general one: senders, who is eligible for what is asked, and the cards of ads.

Everything here is asked of the modules that answer the general way; nothing is decided a second time.
"""

from __future__ import annotations

import math
from bisect import bisect_right

import msgspec
import numpy as np

from makegood.adserver import adrequest, lines, offers, replies, sources
from makegood.adserver.cards import Card
from makegood.adserver.http import Request
from makegood.adserver.keys import TAG_LENGTH
from makegood.adserver.plans import LivePlan
from makegood.adserver.state import State
from makegood.adserver.straight import known, learnt
from makegood.adserver.straight.asked import Asked
from makegood.adserver.straight.columns import TARGETED
from makegood.adserver.straight.scanning import NONE
from makegood.engine import decision
from makegood.engine.decision import Decision
from makegood.engine.decision.tables import Table

_QUARTER_MS = 900_000
_TARGETED = dict(zip(("geo", "device", "section", "language", "category"), range(len(TARGETED)), strict=True))
MOST_REPLY_BYTES, MOST_SETS = 16 << 10, 8


class Full(Exception):
    """There is no room for more; start again with nothing learnt."""


class Learning:
    """Of one plan; `arrays` are what the kernels read."""

    def __init__(self, state: State, live: LivePlan) -> None:
        self.live, self._state = live, state
        self._places = live.plan.placements
        self._compiled = [live.decider.placements[place.id] for place in self._places]
        cards = sum(len(each.flights) + 1 for each in self._compiled)
        self.arrays = made = learnt.empty(len(self._places), cards)
        self._card_of = made.rows(learnt.CARD_OF, 1, cards)[:, 0]
        self._place_rows = made.rows(learnt.PLACE_ROWS, learnt.PLACE_WIDTH, len(self._places))
        self._source_rows = made.rows(learnt.SOURCE_ROWS, learnt.SOURCE_WIDTH, learnt.MOST_SOURCES)
        self._table_rows = made.rows(learnt.TABLE_ROWS, learnt.TABLE_WIDTH, learnt.MOST_TABLES)
        self._numbers = made.rows(learnt.NUMBERS, 1, learnt.MOST_SHARES)[:, 0]
        self._card_rows = made.rows(learnt.CARD_ROWS, learnt.CARD_WIDTH, learnt.MOST_CARDS)
        self._pieces = made.rows(learnt.PIECES, learnt.PIECE_WIDTH, learnt.MOST_PIECES)
        self._text = self._source = self._share = self._card = self._piece = self._asked = 0
        self._tables: dict[tuple[int, int], int] = {}
        self._edges = sorted({edge for each in self._compiled for edge in each.edges})
        self._from_ms = self._until_ms = 0
        self._place_all()

    def at(self, now_ms: int) -> None:
        """Forget who is eligible when a quarter of an hour is over or a flight begins or ends."""
        if self._from_ms <= now_ms < self._until_ms:
            return
        later = bisect_right(self._edges, now_ms / 1000)
        edge = math.ceil(self._edges[later] * 1000) if later < len(self._edges) else math.inf
        self._from_ms, self._until_ms = now_ms, int(min((now_ms // _QUARTER_MS + 1) * _QUARTER_MS, edge))
        self._clear(learnt.ASKINGS, learnt.MOST_ASKINGS)
        self._tables.clear()
        self._share = self._asked = 0

    def source(self, asked: Asked) -> None:
        """Who asks; raises Full, as do the others. What another of the same turn has taught is not learnt again."""
        key = asked.source_key()
        if self._has(learnt.SOURCES, key):
            return
        request = Request("POST", "/ad", "", asked.headers(), b"", asked.address)
        known_of = lines.about("", "", self._state.sources.known(request), False)
        row = self._source
        if row >= learnt.MOST_SOURCES:
            raise Full
        self._source_rows[row] = *self._added(known_of), *self._added(sources.device_of(asked.agent()))
        self._put(learnt.SOURCES, key, row)
        self._source += 1

    def asking(self, asked: Asked, now_ms: int) -> None:
        """Who is eligible, with which chances."""
        key = asked.asking_key(self.arrays)
        if self._has(learnt.ASKINGS, key):
            return
        ad = msgspec.structs.replace(adrequest.from_json(asked.body()), audiences=None)
        place, now = self.live.placements[ad.slots[0].placement], self.live.moment(now_ms)
        request = offers.asking(place, ad, ad.device or sources.device_of(asked.agent()), now.hour_of_week)
        table = self.live.decider.placements[place.id].open(request, now.at, decision.UNSEEN)
        if self._asked >= learnt.MOST_ASKINGS:
            raise Full
        self._put(learnt.ASKINGS, key, self._table(place.id, table))
        self._asked += 1

    def shown(self, card: int) -> bool:
        """Whether a card has a creative."""
        return bool(self._card_rows[card, learnt.SHOWN])

    def card(self, place: int, chosen: int) -> None:
        """The ad of a flight, or what is shown for nobody's; one of several creatives, or with macros, is the general path's."""
        if self._card_of[chosen] != learnt.UNKNOWN:
            return
        here, number = self._compiled[place], chosen - int(self._place_rows[place, learnt.FIRST])
        decided = None
        if number < len(here.flights):
            flight, rotation = here.flights[number], here.rotations[number]
            decided = Decision(flight.id, rotation[0].creative_id, flight.priority, 0.0, 0)
            if len(rotation) > 1:
                self._card_of[chosen] = learnt.NEVER
                return
        card = self.live.cards.of(self._places[place], decided)
        self._card_of[chosen] = self._carded(card)

    def _carded(self, card: Card) -> int:
        text = replies.text_of(self._state, self.live.texts, card)
        length = sum(len(part.encode()) for _, signed in text.sets for part, _, _ in signed) + len(text.end.encode())
        tokens = sum(len(signed) for _, signed in text.sets)
        if text.macros or length + tokens * 1024 > MOST_REPLY_BYTES or len(text.sets) > MOST_SETS:
            return learnt.NEVER
        row, first = self._card, self._piece
        if row >= len(self._card_rows) or first + tokens > len(self._pieces):
            raise Full
        for number, (name, signed) in enumerate(text.sets):
            for part, begin, _ in signed:
                self._pieces[self._piece] = *self._added(part), *self._added(f"{name}~"), number, begin // TAG_LENGTH
                self._piece += 1
        spans = *self._added(card.ids), *self._added(card.fields), *self._added(card.requested)
        self._card_rows[row] = *spans, first, tokens, *self._added(text.end), length, card.creative is not None
        self._card += 1
        return row

    def _table(self, place_id: int, table: Table) -> int:
        found = self._tables.get((place_id, table.mask))
        if found is not None:
            return found
        number, count = len(self._tables), len(table.bounds)
        if number >= len(self._table_rows) or self._share + count > len(self.arrays.bounds):
            raise Full
        shares = slice(self._share, self._share + count)
        self.arrays.bounds[shares], self._numbers[shares] = table.bounds, table.numbers
        self._table_rows[number] = self._share, count
        self._share += count
        self._tables[place_id, table.mask] = number
        return number

    def _place_all(self) -> None:
        first = 0
        for number, (place, here) in enumerate(zip(self._places, self._compiled, strict=True)):
            bits = sum(1 << bit for name, bit in _TARGETED.items() if name in here.index.dimensions)
            self._place_rows[number] = bits, first, first + len(here.flights)
            first += len(here.flights) + 1
            self._put(learnt.PLACES, place.code.encode(), number)

    def _clear(self, table: int, most: int) -> None:
        known.clear(self.arrays.cells, int(self.arrays.cells[table]), most)

    def _has(self, table: int, key: bytes) -> bool:
        cells, text = self.arrays.cells, np.frombuffer(bytearray(key), dtype=np.uint8)
        return known.find(cells, int(cells[table]), self.arrays.texts, text, 0, len(text)) != NONE

    def _put(self, table: int, key: bytes, value: int) -> None:
        (begin, end), cells = self._added(key), self.arrays.cells
        if not known.put(cells, int(cells[table]), self.arrays.texts, begin, end, value):
            raise Full

    def _added(self, text: str | bytes) -> tuple[int, int]:
        data = text.encode() if isinstance(text, str) else text
        begin, end = self._text, self._text + len(data)
        if end > len(self.arrays.texts):
            raise Full
        self.arrays.texts[begin:end] = np.frombuffer(data, dtype=np.uint8)
        self._text = end
        return begin, end
