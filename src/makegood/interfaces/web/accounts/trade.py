"""What sales keeps of an account: relations, brands, roles of contacts, and two accounts found to be one."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.accounts import queries
from makegood.accounts.actions import accounts, contacts, merging, relations
from makegood.accounts.models import Representation
from makegood.core.errors import Invalid
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.accounts.views import HOME, one_account
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.workflows import merging as workflow


class Bond(forms.Form):
    """An agency from when to when."""

    agency = forms.IntegerField(label="Agency")
    commission_pct = forms.DecimalField(label="Commission", max_digits=5, decimal_places=2, initial=Decimal(15))
    start = forms.DateField(label="First day")
    end = forms.DateField(label="Last day", required=False)


class Advance(forms.Form):
    """Whether it pays before anything runs, and why."""

    prepay = forms.BooleanField(label="Pays in advance", required=False)
    why = forms.CharField(label="Why", max_length=300)


@require_POST
@permitted("accounts.set_terms")
def prepay(request: HttpRequest, account_id: int) -> HttpResponse:
    """Whether nothing of it starts before it is paid."""
    found, asked = one_account(request, account_id), posted.values(Advance(request.POST))
    accounts.set_terms(found, by=_actor(request), at=timezone.now(), why=asked["why"], prepay=asked["prepay"])
    toasts.add(request, f"{found} pays {'in advance' if found.prepay else f'after {found.payment_days} days'}.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.represent")
def relation(request: HttpRequest, account_id: int) -> HttpResponse:
    """A new relation, or the end of one (`end` names it, `last` its last day)."""
    found, actor, at = one_account(request, account_id), _actor(request), timezone.now()
    if request.POST.get("bond", "").isdecimal():
        bond = Representation.objects.filter(pk=request.POST["bond"], advertiser=found).select_related("agency__party", "advertiser__party").first()
        if bond is None:
            raise Http404("This relation is not here.")
        relations.end(bond, _day(request.POST.get("last", "")), by=actor, at=at, why=request.POST.get("why", ""))
        toasts.add(request, f"{bond.agency} acts for {found} no longer.")
        return SeeOther(links.record(found))
    asked = posted.values(Bond(request.POST))
    agency = queries.visible_to(actor).filter(pk=asked.pop("agency")).first()
    if agency is None:
        raise Http404("This agency is not here.")
    made = relations.represent(agency, found, by=actor, at=at, **asked)
    toasts.add(request, f"{agency} acts for {found}{', of record' if made.of_record else ''}.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.edit")
def brand(request: HttpRequest, account_id: int) -> HttpResponse:
    """A brand with its category."""
    found = one_account(request, account_id)
    made = relations.add_brand(found, request.POST.get("name", ""), by=_actor(request), at=timezone.now(), category=request.POST.get("category", ""))
    toasts.add(request, f"{made} is a brand of {found}.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.add_contact")
def roles(request: HttpRequest, account_id: int) -> HttpResponse:
    """What a contact is for us."""
    found = one_account(request, account_id)
    contact = found.contacts.filter(pk=request.POST.get("contact") or 0).first() if request.POST.get("contact", "").isdecimal() else None
    if contact is None:
        raise Http404("This contact is not here.")
    contacts.set_roles(contact, request.POST.getlist("role"), by=_actor(request), at=timezone.now())
    toasts.add(request, f"{contact}: {', '.join(contact.roles) or 'no role'}.")
    return SeeOther(links.record(found))


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("accounts.merge")
def merge(request: HttpRequest, account_id: int) -> HttpResponse:
    """What merging this account into another (`into`) would do; done with its reason."""
    found, actor, at = one_account(request, account_id), _actor(request), timezone.now()
    into = (request.POST if request.method == "POST" else request.GET).get("into", "")
    kept = queries.visible_to(actor).filter(pk=into, merged_into=None).first() if into.isdecimal() else None
    if request.method == "POST":
        if kept is None:
            raise Invalid("there is no such account.", place="into", remedy="Choose the account that stays.")
        workflow.merge(found, kept, by=actor, at=at, why=request.POST.get("why", ""))
        toasts.add(request, f"{found} is {kept} now.")
        return SeeOther(links.record(kept))
    others = queries.account_list(actor).filter(party__kind=found.party.kind).exclude(pk=found.pk)
    shown: dict[str, Any] = {
        "area": "accounts", "crumbs": [HOME, c.Crumb(str(found), links.record(found)), c.Crumb("Merge")], "account": found, "kept": kept,
        "others": others, "seen": workflow.preview(found, kept) if kept else None,
    }  # fmt: skip
    return render(request, "accounts/merge.html", shown)


@require_POST
@permitted("accounts.merge")
def unmerge(request: HttpRequest, account_id: int) -> HttpResponse:
    """Take a merge back."""
    found = one_account(request, account_id)
    done = found.merges.filter(pk=request.POST["merge"], undone_at=None).first() if request.POST.get("merge", "").isdecimal() else None
    if done is None:
        raise Http404("This merge is not here.")
    gone = merging.undo(done, by=_actor(request), at=timezone.now(), why=request.POST.get("why", ""))
    toasts.add(request, f"{gone} is an account of its own again.")
    return SeeOther(links.record(gone))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no day.", place="last day", remedy="Choose a day.") from None


def _actor(request: HttpRequest) -> Any:
    return request.user


