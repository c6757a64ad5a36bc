"""An account and an agreement in full, and what may be changed on them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.accounts import queries, states
from makegood.accounts.actions import contacts, contracts
from makegood.accounts.models import Account, Contact
from makegood.catalog import queries as catalog
from makegood.core import permissions
from makegood.core import queries as core
from makegood.insight import account as insight
from makegood.insight import agreement
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.accounts import agreed, rebated, shown
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.orders import events
from makegood.interfaces.web.permitted import permitted
from makegood.orders import queries as orders
from makegood.workflows import rebating
from makegood.workflows.crediting import states as crediting

HOME = c.Crumb("Accounts", links.page("accounts"))


@require_safe
@permitted("accounts.see_all")
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Everything known of one account."""
    try:
        page = insight.page(request.user, account_id, at=timezone.now())  # type: ignore[arg-type]
    except Account.DoesNotExist:
        raise Http404("This account is not here.") from None
    may = {verb: permissions.may(request.user, f"accounts.{verb}", page.account) for verb in ("set_credit", "add_contact", "invite", "represent", "edit", "merge", "set_terms", "draft_contract")}  # type: ignore[arg-type]
    found = {
        "area": "accounts", "crumbs": [HOME, c.Crumb(str(page.account))], "page": page, "account": page.account, "stats": shown.stats(page),
        "agreements": shown.agreements(page), "bonds": shown.bonds(page), "roles": Contact.Role.choices, "agencies": queries.agencies(request.user), "aging": shown.aging(page), "may": may, "today": timezone.localdate(),
        "events": shown.timeline(page), "credit": [one for one in states.CreditStatus.choices if one[0] != page.account.credit_status],
    }  # fmt: skip
    return render(request, "accounts/account.html", found)


@require_POST
@permitted("accounts.set_credit")
def credit(request: HttpRequest, account_id: int) -> HttpResponse:
    """Another credit state, with its reason."""
    found = one_account(request, account_id)
    effect = crediting.set_credit(found, request.POST.get("status", ""), by=request.user, at=timezone.now(), why=request.POST.get("why", ""))  # type: ignore[arg-type]
    told = ". The ad servers know it already." if effect.published else ""
    toasts.add(request, f"{found}: {found.get_credit_status_display()}{told}")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.add_contact")
def contact(request: HttpRequest, account_id: int) -> HttpResponse:
    """Add a contact; `invite` gives one a sign-in to the portal."""
    found, at = one_account(request, account_id), timezone.now()
    if request.POST.get("invite", "").isdecimal():
        one = found.contacts.filter(pk=request.POST["invite"]).first()
        if one is None:
            raise Http404("This contact is not here.")
        contacts.invite(one, by=request.user, at=at)  # type: ignore[arg-type]
        toasts.add(request, f"{one.name} may sign in to the portal.")
    else:
        words = {name: request.POST.get(name, "")[:120] for name in ("email", "phone", "does")}
        one = contacts.add_contact(found, request.POST.get("name", "")[:120], by=request.user, at=at, **words)  # type: ignore[arg-type]
        toasts.add(request, f"{one.name} is a contact of {found}.")
    return SeeOther(links.record(found))


@require_safe
@permitted("accounts.see_all")
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """An agreement against what happened under it."""
    found = agreed.one_contract(request, contract_id)
    seen = agreement.progress([found], timezone.localdate())[0]
    proposal = rebating.propose(found, at=timezone.now())
    under = orders.order_list(request.user).filter(contract=found)  # type: ignore[arg-type]
    crumbs = [HOME, c.Crumb(str(found.account), links.record(found.account)), c.Crumb(found.number)]
    more: dict[str, Any] = {
        "area": "accounts", "crumbs": crumbs, "contract": found, "seen": seen, "drawn": shown.commitment(seen), "orders": under,
        "rebate": rebated.of(proposal.rebate), "proposal": proposal, "protected": catalog.protected_rates(found), "promises": list(found.promises.filter(released_at=None)),
        "events": events.events(core.history(request.user, found)),  # type: ignore[arg-type]
        "may_activate": found.status == "draft" and permissions.may(request.user, "accounts.activate_contract", found),  # type: ignore[arg-type]
        "may_credit": proposal.rebate.due and seen.days_left == 0 and permissions.may(request.user, "billing.credit"),  # type: ignore[arg-type]
        "may_end": found.status == "active" and permissions.may(request.user, "accounts.end_contract", found),  # type: ignore[arg-type]
    }
    return render(request, "accounts/contract.html", more | agreed.context(request.user, found))


@require_POST
@permitted("accounts.activate_contract")
def move(request: HttpRequest, contract_id: int, verb: str) -> HttpResponse:
    """activate, notice or end."""
    found, at = agreed.one_contract(request, contract_id), timezone.now()
    if verb == "activate":
        contracts.activate(found, by=request.user, at=at)  # type: ignore[arg-type]
        toasts.add(request, f"{found} is in force.")
    elif verb == "notice":
        contracts.give_notice(found, timezone.localdate(), by_us=request.POST.get("side") == "us", by=request.user, at=at, why=request.POST.get("why", ""))  # type: ignore[arg-type]
        toasts.add(request, f"Notice is given: {found} ends on {found.end}.")
    else:
        contracts.end(found, by=request.user, at=at, why=request.POST.get("why", ""))  # type: ignore[arg-type]
        toasts.add(request, f"{found} is ended.")
    return SeeOther(links.record(found))


@require_POST
@permitted("billing.credit")
def credit_rebate(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Give the rebate that is due as credit notes."""
    found = agreed.one_contract(request, contract_id)
    notes = rebating.credit(found, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"Credited: {', '.join(one.number for one in notes)}.")
    return SeeOther(links.record(found))


def one_account(request: HttpRequest, account_id: int) -> Account:
    """The account of a page; 404 when there is none this person may see."""
    found = queries.visible_to(request.user).filter(pk=account_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("This account is not here.")
    return found
