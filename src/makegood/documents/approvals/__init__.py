"""Approvals as files: what was approved, linked by hashes into one chain, checked by anybody without our database."""

from makegood.documents.approvals.chain import GENESIS, Link, body_sha256, faults, following
from makegood.documents.approvals.keys import Key, read_or_make, signed_by
from makegood.documents.approvals.verifying import FORMAT, HEAD_FORMAT, Verified, head_message, verify

__all__ = [
    "FORMAT", "GENESIS", "HEAD_FORMAT", "Key", "Link", "Verified", "body_sha256", "faults", "following", "head_message", "read_or_make",
    "signed_by", "verify",
]  # fmt: skip
