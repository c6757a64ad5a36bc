"""The seal on a signed paper: a PDF signature any viewer knows, and evidence signed with the approvals' key, checked without our database."""

from makegood.documents.seals.evidence import FORMAT, NAME, attested
from makegood.documents.seals.identity import Identity, read_or_make
from makegood.documents.seals.sealing import seal
from makegood.documents.seals.verifying import Checked, NotSealed, verify

__all__ = ["FORMAT", "NAME", "Checked", "Identity", "NotSealed", "attested", "read_or_make", "seal", "verify"]
