"""Signing by link, without a sign-in: the code that was mailed opens the paper; then it is read, signed, or declined."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from makegood.core import people
from makegood.core.errors import Invalid, Refused
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.portal import papers
from makegood.orders import signing_links
from makegood.orders.actions import by_link as actions
from makegood.orders.models import SignatureRequest
from makegood.workflows import changing

OPENED = "signing_opened"
"""In the session: the requests whose code was typed in this browser."""


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The code, then the paper; what is posted is one of: code, enter, sign, decline."""
    asked = _asked(token)
    if request.method != "POST":
        return _shown(request, asked)
    act = _ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise Invalid("it is not clear what is to be done.", place="the order", remedy="Open the link again.")
    try:
        act(request, asked)
    except Refused as error:  # said on the page where it was typed; nothing has changed
        asked.refresh_from_db()
        return _shown(request, asked, error)
    return SeeOther(request.path)


@login_not_required
@require_safe
def whole(request: HttpRequest, token: str) -> HttpResponse:
    """The PDF, once the code was typed here."""
    asked = _opened(request, token)
    return papers.handed(asked.revision, papers.file_of(asked.revision), by=None, who=f"{asked.name}, {asked.email}", ip=_ip(request))


@login_not_required
@require_safe
def page(request: HttpRequest, token: str, page: int) -> HttpResponse:
    """One page of it as a picture."""
    return papers.drawn(papers.file_of(_opened(request, token).revision), page)


def _shown(request: HttpRequest, asked: SignatureRequest, refused: Refused | None = None) -> HttpResponse:
    """The page as the request stands, with what was refused."""
    state, revision, order = signing_links.standing(asked, timezone.now()), asked.revision, asked.revision.order
    found: dict[str, Any] = {"seller": people.seller_name(), "asked": asked, "order": order, "revision": revision, "refused": refused, "typed": request.POST, "state": state}
    if state == "open" and asked.pk in request.session.get(OPENED, []):
        found |= {"leaves": papers.leaves(papers.file_of(revision), request.path), "changes": papers.changes(revision), "snapshot": revision.snapshot}
        return render(request, "portal/link_sign.html", found, status=refused.status if refused else 200)
    if state == "open":
        found["hint"] = _hint(asked.email)
        return render(request, "portal/link_code.html", found, status=refused.status if refused else 200)
    found |= {"says": actions.WORDS[state], "mine": state == "signed" and asked.pk in request.session.get(OPENED, [])}
    return render(request, "portal/link_over.html", found, status=200 if state in ("signed", "declined") else 410)


def _code(request: HttpRequest, asked: SignatureRequest) -> None:
    actions.send_code(asked, at=timezone.now())


def _enter(request: HttpRequest, asked: SignatureRequest) -> None:
    actions.enter(asked, request.POST.get("code", "")[:12], at=timezone.now(), ip=_ip(request))
    kept = request.session.get(OPENED, [])
    request.session.cycle_key()
    request.session[OPENED] = [*kept, asked.pk]


def _sign(request: HttpRequest, asked: SignatureRequest) -> None:
    _here(request, asked)
    at = timezone.now()
    made = actions.sign(
        asked, request.POST.get("name", ""), title=request.POST.get("title", ""), agreed=request.POST.get("agree") == "yes", at=at,
        ip=_ip(request), user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip
    changing.follow_signature(made.revision, at=at)


def _decline(request: HttpRequest, asked: SignatureRequest) -> None:
    _here(request, asked)
    actions.decline(asked, request.POST.get("reason", ""), at=timezone.now(), ip=_ip(request))


_ACTS: dict[str, Callable[[HttpRequest, SignatureRequest], None]] = {"code": _code, "enter": _enter, "sign": _sign, "decline": _decline}


def _here(request: HttpRequest, asked: SignatureRequest) -> None:
    if asked.pk not in request.session.get(OPENED, []):
        raise Refused("the code was not typed in this browser.", place="the code", remedy="Ask for a code and type it.")


def _asked(token: str) -> SignatureRequest:
    found = signing_links.find(token)
    if found is None:
        raise Http404("This link is not one of ours, or it was cut short. Copy it whole from the mail.")
    return found


def _opened(request: HttpRequest, token: str) -> SignatureRequest:
    """The request whose code was typed here; to anybody else there is no paper."""
    found = _asked(token)
    if found.pk not in request.session.get(OPENED, []) or signing_links.standing(found, timezone.now()) not in ("open", "signed"):
        raise Http404("There is no such document.")
    return found


def _ip(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR")


def _hint(email: str) -> str:
    """l•••@client.example: enough to know one's own."""
    name, _, house = email.partition("@")
    return f"{name[:1]}•••@{house}"
