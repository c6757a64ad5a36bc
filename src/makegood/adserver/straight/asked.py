"""One request of a batch as the learning side looks at it: its texts taken out of the batch's bytes by their spans."""

from __future__ import annotations

import dataclasses

import numpy as np

from makegood.adserver.straight.columns import ADDRESS, AGENT, BODY, FORWARDED, Bytes, Ints
from makegood.adserver.straight.learnt import Learnt
from makegood.adserver.straight.questions import KEY_BYTES, asking_key, source_key


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """`row` is its row of what was found."""

    text: Bytes
    row: Ints
    forwarded: bool

    @property
    def address(self) -> str:
        """The socket's."""
        return self._column(ADDRESS).decode("latin-1")

    def agent(self) -> str:
        """What the browser calls itself."""
        return self._column(AGENT).decode("latin-1")

    def headers(self) -> dict[str, str]:
        """The fields that say who asks, as the general path has them."""
        return {"user-agent": self.agent(), "x-forwarded-for": self._column(FORWARDED).decode("latin-1")}

    def body(self) -> bytes:
        """The JSON."""
        return self._column(BODY)

    def source_key(self) -> bytes:
        """What senders are known by."""
        key = np.zeros(KEY_BYTES, dtype=np.uint8)
        return key[: source_key(self.text, self.forwarded, self.row, key)].tobytes()

    def asking_key(self, learnt: Learnt) -> bytes:
        """What a question is known by."""
        key = np.zeros(KEY_BYTES, dtype=np.uint8)
        return key[: asking_key(self.text, self.row, learnt.texts, learnt.cells, key)].tobytes()

    def _column(self, column: int) -> bytes:
        return self.text[self.row[column] : self.row[column + 1]].tobytes()
