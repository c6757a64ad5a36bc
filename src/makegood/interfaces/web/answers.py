"""Answers every area needs after a write."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


class SeeOther(HttpResponseRedirect):
    """Done; look there. 303, so that the browser asks with GET and a reload repeats nothing."""

    status_code = 303


def back(request: HttpRequest, otherwise: str = "/") -> SeeOther:
    """To the page the request came from (its `next` field or referrer) if it is ours, else to `otherwise`."""
    came = request.POST.get("next") or request.headers.get("Referer", "")
    return SeeOther(
        came if url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure()) else otherwise
    )
