"""What is attached to a sealed paper: the order's snapshot, its hashes, who signed and what happened, signed with the approvals' key.

Bodies hold text, whole numbers, lists and tables only, so that the same body has the same bytes wherever it is written.
"""

import json
from typing import Any

from makegood.documents.approvals import Key, body_sha256, signed_by

FORMAT, NAME = "makegood-order/1", "makegood-evidence.json"


def attested(body: dict[str, Any], key: Key, *, certificate_sha256: str) -> bytes:
    """The attachment: `body` with the seal's certificate, signed by the holder of `key`."""
    whole = {"format": FORMAT, **body, "certificate_sha256": certificate_sha256, "public_key": key.public}
    return json.dumps(whole | {"signature": key.sign(message(whole))}, indent=1, ensure_ascii=False).encode()


def message(whole: dict[str, Any]) -> bytes:
    """The bytes its signature is over: the hash of everything but the signature."""
    return f"{FORMAT}\n{body_sha256({name: one for name, one in whole.items() if name != 'signature'})}".encode()


def faults(whole: Any, certificate_sha256: str, public: str) -> list[str]:
    """What does not hold: the signature by `public` (the evidence's own key when empty), its certificate, its hash of the snapshot."""
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        return [f"the evidence inside is not {FORMAT}"]
    found = []
    if public and whole.get("public_key") != public:
        found.append("the evidence is signed with another key: not the seal of this seller")
    if not signed_by(str(whole.get("public_key", "")), str(whole.get("signature", "")), message(whole)):
        found.append("the evidence's signature does not hold")
    if whole.get("certificate_sha256") != certificate_sha256:
        found.append("the seal is of another certificate than the evidence names")
    if whole.get("snapshot") is not None and body_sha256(whole["snapshot"]) != whole.get("snapshot_sha256"):
        found.append("the order inside is not the one that was signed")
    return found
