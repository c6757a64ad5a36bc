"""Links to sign by, and the code that opens one: made from a request's row and the installation's secret, stored nowhere."""

import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

from makegood.orders.models import ChangeOrder, Revision, SignatureRequest

SALT = "makegood.orders.signing"
CODE_LASTS = datetime.timedelta(minutes=15)
TRIES = 15
"""Wrong codes a link survives, over all codes sent: one guess in 67,000 gets in."""


def token(request: SignatureRequest) -> str:
    """What makes the link: whoever has neither it nor the installation's secret cannot make one."""
    return Signer(salt=SALT).sign(f"{request.pk}.{request.nonce}")


def url(request: SignatureRequest) -> str:
    """The link as it is mailed."""
    return f"{settings.PUBLIC_URL}/portal/sign/{token(request)}/"


def find(text: str) -> SignatureRequest | None:
    """The request of a link's token; None for one that was forged or cut short."""
    try:
        number, _, nonce = Signer(salt=SALT).unsign(text).partition(".")
    except BadSignature:
        return None
    rows = SignatureRequest.objects.select_related("revision__order__advertiser__party", "revision__order__agency__party", "contact__person")
    found = rows.filter(pk=int(number)).first()
    return found if found and constant_time_compare(found.nonce, nonce) else None


def code(request: SignatureRequest) -> str:
    """The six digits that were mailed last."""
    made = salted_hmac(f"{SALT}.code", f"{request.pk}.{request.code_nonce}", algorithm="sha256").digest()
    return f"{int.from_bytes(made[:8], 'big') % 10**6:06d}"


def standing(request: SignatureRequest, at: datetime.datetime) -> str:
    """Where it stands: "open", or why it cannot be signed: expired, signed, declined, withdrawn, superseded, locked."""
    if request.status not in ("sent", "opened"):
        return request.status
    if not awaited(request.revision) or any(mark.side == "client" for mark in request.revision.signatures.all()):
        return "superseded"
    if request.expires_at <= at:
        return "expired"
    return "locked" if request.code_tries >= TRIES else "open"


def awaited(revision: Revision) -> bool:
    """Whether it is what is to be signed now: an approved order as it stands, or a change of a running one."""
    if revision.number == revision.order.revision:
        return revision.order.status == "approved"
    return revision.number > revision.order.revision and change_of(revision) is not None


def change_of(revision: Revision) -> ChangeOrder | None:
    """The change out for signature that would make this revision; None for an order's own."""
    return next((one for one in revision.changes.all() if one.status == "approved"), None)
