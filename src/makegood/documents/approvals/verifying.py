"""Checking an exported approval without the database: its body against its link, the links up to the head, the head's signature.

What cannot be told from the files at hand is said as not checked, never as right.
"""

import dataclasses
import hashlib
import pathlib
from typing import Any

from makegood.documents.approvals import chain, keys

FORMAT, HEAD_FORMAT = "makegood-approval/1", "makegood-approvals-head/1"


@dataclasses.dataclass(frozen=True, slots=True)
class Verified:
    """`faults` is empty when everything that could be checked holds; `unchecked` says what was not, and what it takes."""

    approval: dict[str, Any]
    held: tuple[str, ...]
    faults: tuple[str, ...]
    unchecked: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Nothing contradicts the approval."""
        return not self.faults


def verify(document: Any, *, file: pathlib.Path | None = None, head: Any = None, public: str = "") -> Verified:
    """Check an exported approval; against the creative's `file`, a `head` kept elsewhere and a `public` key when given.

    Raises ValueError for what is no exported approval at all.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"it is no exported approval ({FORMAT})")
    approval, own = document.get("approval"), document.get("head")
    if not isinstance(approval, dict) or not isinstance(own, dict) or not isinstance(document.get("chain"), list) or not document["chain"]:
        raise ValueError("it lacks its approval, its chain or its head")
    links = [chain.Link.read(one) for one in document["chain"]]
    checks = [*_body(approval, links[0]), *_links(links), *_head(own, links[-1], public or own.get("public_key", ""))]
    checks += [*_kept(head, links), *_file(approval, file)]
    unchecked = tuple(what for what in (
        "" if public else "the head's key: give --key with the seller's public key", "" if head else "a head kept elsewhere: give --head",
        "" if file or "file_sha256" not in approval else "the file's bytes: give --file",
    ) if what)  # fmt: skip
    return Verified(approval, tuple(text for good, text in checks if good), tuple(text for good, text in checks if not good), unchecked)


def head_message(head: dict[str, Any]) -> bytes:
    """The bytes a head's signature is over."""
    return f"{HEAD_FORMAT}\n{head.get('number')}\n{head.get('sha256')}\n{head.get('at')}".encode()


def _body(approval: dict[str, Any], link: chain.Link) -> list[tuple[bool, str]]:
    if chain.body_sha256(approval) == link.body_sha256:
        return [(True, f"the approval is the one sealed as number {link.number}")]
    return [(False, f"the approval differs from what was sealed as number {link.number}")]


def _links(links: list[chain.Link]) -> list[tuple[bool, str]]:
    wrong = chain.faults(links)
    return [(False, text) for text in wrong] or [(True, f"{len(links)} link{'s' if len(links) > 1 else ''} of the chain follow one another")]


def _head(head: dict[str, Any], last: chain.Link, public: str) -> list[tuple[bool, str]]:
    at_end = (head.get("number"), head.get("sha256")) == (last.number, last.sha256)
    signed = keys.signed_by(public, str(head.get("signature", "")), head_message(head))
    return [
        (at_end, f"the chain ends at the head, number {last.number}" if at_end else "the chain does not end at the head named"),
        (signed, "the head is signed by this key" if signed else "the head is not signed by this key"),
    ]


def _kept(head: Any, links: list[chain.Link]) -> list[tuple[bool, str]]:
    """A head kept elsewhere must be one of the links: then nothing up to it was written anew."""
    if head is None:
        return []
    if not isinstance(head, dict) or head.get("format") != HEAD_FORMAT:
        raise ValueError(f"the head is no exported head ({HEAD_FORMAT})")
    number, sha256 = head.get("number"), head.get("sha256")
    same = next((one for one in links if one.number == number), None)
    if same is None:
        return [(False, f"the head kept elsewhere is number {number}; the file reaches from {links[0].number} to {links[-1].number}")]
    return [(same.sha256 == sha256, f"number {number} is {'the' if same.sha256 == sha256 else 'not the'} head kept elsewhere")]


def _file(approval: dict[str, Any], file: pathlib.Path | None) -> list[tuple[bool, str]]:
    if file is None:
        return []
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    same = found == approval.get("file_sha256")
    return [(same, f"{file.name} {'has the bytes' if same else 'does not have the bytes'} that were approved")]
