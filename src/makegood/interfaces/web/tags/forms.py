"""What every form that writes carries: the proof that it is ours, and the number that makes sending it twice one write."""

import uuid
from typing import Any

from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from makegood.interfaces.web import repeats


class FormKeys(CsrfTokenNode):
    """`{% csrf_token %}` with the form's own number behind it (see `web.repeats`)."""

    def render(self, context: Context) -> Any:
        """Both as hidden fields; nothing where there is no request to protect."""
        proof = super().render(context)
        return proof + format_html('<input type="hidden" name="{}" value="{}">', repeats.FIELD, uuid.uuid4().hex) if proof else SafeString("")


def csrf_token(parser: Parser, token: Token) -> FormKeys:
    """The tag in place of Django's own."""
    return FormKeys()
