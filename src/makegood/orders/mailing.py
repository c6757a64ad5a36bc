"""Mail in the background: queued in the transaction that causes it, sent by the worker, tried again while the mail server is away."""

from django.core.mail import EmailMessage
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from makegood.orders import signing_mail
from makegood.orders.models import SignatureRequest


@app.task(name="orders.mail_signing", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def mail_signing(request_id: int, kind: str) -> None:
    """The link, a reminder or the newest code of a request. One that has ended is not mailed any more."""
    request = SignatureRequest.objects.select_related("revision__order", "by").get(pk=request_id)
    if request.status not in ("sent", "opened"):
        return
    mail = signing_mail.of(request, kind)
    EmailMessage(mail.subject, mail.body, to=[mail.to], reply_to=[mail.reply_to] if mail.reply_to else []).send()
