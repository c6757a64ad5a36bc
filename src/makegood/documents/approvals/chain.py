"""The chain: each link names the hash of the one before, of its own body and its number. SHA-256 over canonical JSON.

Bodies hold text, whole numbers, lists and tables only, so that the same body has the same bytes wherever it is written.
"""

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Sequence
from typing import Any

GENESIS = "0" * 64


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """One approval's place in the chain. `at` is an ISO moment with zone; the body itself need not be known."""

    number: int
    previous: str
    body_sha256: str
    at: str
    sha256: str

    @classmethod
    def read(cls, data: Any) -> "Link":
        """The link as written. Raises ValueError naming the field."""
        try:
            found = cls(**{field.name: data[field.name] for field in dataclasses.fields(cls)})
        except (KeyError, TypeError) as wrong:
            raise ValueError(f"a link of the chain lacks {wrong}") from wrong
        if not isinstance(found.number, int) or not all(isinstance(one, str) for one in (found.previous, found.body_sha256, found.at, found.sha256)):
            raise ValueError(f"link {found.number!r} of the chain is not of numbers and hashes")
        return found

    def expected(self) -> str:
        """The hash this link must have."""
        return _hash([self.number, self.previous, self.body_sha256, self.at])


def body_sha256(body: Any) -> str:
    """The hash of what was approved, whatever the order of its names."""
    return _hash(body)


def following(last: Link | None, body: Any, at: str) -> Link:
    """The link of `body` after `last` (None: the first)."""
    draft = Link(last.number + 1 if last else 1, last.sha256 if last else GENESIS, body_sha256(body), at, "")
    return dataclasses.replace(draft, sha256=draft.expected())


def faults(links: Sequence[Link]) -> list[str]:
    """What is wrong in consecutive links, empty when nothing: altered, left out, put in or put in another order."""
    found = [f"link {one.number} was altered" for one in links if one.sha256 != one.expected()]
    if links and links[0].number == 1 and links[0].previous != GENESIS:
        found.append("link 1 is not the beginning")
    for before, after in itertools.pairwise(links):
        if after.number != before.number + 1:
            found.append(f"after link {before.number} comes link {after.number}")
        elif after.previous != before.sha256:
            found.append(f"link {after.number} does not follow link {before.number}")
    return found


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
