"""A draft agreement by form: commitment, tiers, rebate, protected card, a category alone. Made and changed on one page."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.accounts import queries
from makegood.accounts.actions import contracts
from makegood.accounts.models import Contract
from makegood.catalog.models import Property
from makegood.core import queries as core
from makegood.core.errors import Refused
from makegood.engine import currencies
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.accounts.agreed import one_contract
from makegood.interfaces.web.accounts.views import HOME
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.orders.drafts import Day
from makegood.interfaces.web.permitted import permitted

ROWS = 4  # tiers there is room for, and two more than there are
AGREEMENTS = c.Crumb("Agreements", links.page("contracts"))


class Agreement(forms.Form):
    """What is agreed for a year; tiers are forms of their own."""

    account = forms.ModelChoiceField(label="Client", queryset=None, empty_label="Choose the client")
    title = forms.CharField(label="Title", max_length=160)
    start = forms.DateField(label="First day", widget=Day)
    end = forms.DateField(label="Last day", widget=Day)
    commitment = forms.DecimalField(label="Commitment, net", min_value=0, max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(label="Currency", choices=[(code, code) for code in sorted(currencies.MINOR_UNITS)])
    notice_days = forms.IntegerField(label="Days of notice", min_value=0, max_value=730, help_text="Before its last day, else it is renewed.")
    owner = forms.ModelChoiceField(label="Looked after by", queryset=None, required=False, empty_label="Whoever looks after the client")
    rebate_basis = forms.ChoiceField(label="Rebate on", choices=Contract.Basis.choices)
    card_on = forms.DateField(label="Rate card of the day", required=False, widget=Day, help_text="That day's card holds for its dates.")
    exclusive_category = forms.CharField(label="Category kept for them", max_length=60, required=False, help_text="No other client of it is booked on its days.")
    exclusive_properties = forms.ModelMultipleChoiceField(
        label="Kept on; none chosen: everywhere", queryset=Property.objects.order_by("name"), required=False, widget=forms.CheckboxSelectMultiple
    )
    terms = forms.CharField(label="Terms in words", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["account"].queryset = queries.account_list(actor)  # type: ignore[attr-defined]
        self.fields["owner"].queryset = core.staff().filter(agent_for=None)  # type: ignore[attr-defined]

    def clean_exclusive_properties(self) -> list[int]:
        """Their ids in order, as an agreement keeps them."""
        return sorted(one.pk for one in self.cleaned_data["exclusive_properties"])


class Tier(forms.Form):
    """From a spend on, a rebate; both or neither."""

    spend_from = forms.DecimalField(label="From net spend", min_value=0, max_digits=14, decimal_places=2, required=False)
    rebate_pct = forms.DecimalField(label="Rebate, %", min_value=0, max_value=Decimal("99.99"), max_digits=5, decimal_places=2, required=False)

    def clean(self) -> dict[str, Any]:
        """Refused where one of the two is missing."""
        found = self.cleaned_data
        for name, other in (("spend_from", "rebate_pct"), ("rebate_pct", "spend_from")):
            if found.get(name) is None and found.get(other) is not None:
                self.add_error(name, "Give both, or neither.")
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("accounts.draft_contract")
def new(request: HttpRequest) -> HttpResponse:
    """A draft agreement; rates are protected on its page, and it is put in force there."""
    today, client = timezone.localdate(), request.GET.get("account", "")
    year = today.year + 1
    initial = {"account": client if client.isdecimal() else "", "start": today.replace(year, 1, 1), "end": today.replace(year, 12, 31), "currency": "USD", "notice_days": 60}
    form, tiers = Agreement(request.user, request.POST or None, initial=initial), _tiers(request, ())
    if request.method == "POST" and _hold(form, tiers):
        facts = dict(form.cleaned_data)
        try:
            made = contracts.create(facts.pop("account"), facts.pop("title"), by=request.user, at=timezone.now(), tiers=_of(tiers), **facts)  # type: ignore[arg-type]
        except Refused as error:
            posted.beside(form, error)
        else:
            toasts.add(request, f"{made.number} is a draft. Protect its rates here; a lead puts it in force.")
            return SeeOther(links.record(made))
    return _page(request, form, tiers, [HOME, AGREEMENTS, c.Crumb("New agreement")], None)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("accounts.draft_contract")
def terms(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Change what a draft agreement says. One in force stays as it was agreed."""
    found = one_contract(request, contract_id)
    if found.status != "draft" and request.method != "POST":
        return SeeOther(links.record(found))
    known = list(found.tiers.values_list("spend_from", "rebate_pct"))
    names = [name for name in Agreement.base_fields if name != "account"]
    form, tiers = Agreement(request.user, request.POST or None, initial={name: getattr(found, name) for name in names}), _tiers(request, known)
    form.fields.pop("account")
    if request.method == "POST" and _hold(form, tiers):
        try:
            contracts.edit(found, by=request.user, at=timezone.now(), tiers=_of(tiers), **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as error:
            if error.status != 422:
                raise
            posted.beside(form, error)
        else:
            toasts.add(request, f"{found.number}: kept.")
            return SeeOther(links.record(found))
    crumbs = [HOME, c.Crumb(str(found.account), links.record(found.account)), c.Crumb(found.number, links.record(found)), c.Crumb("Change")]
    return _page(request, form, tiers, crumbs, found)


@require_POST
@permitted("accounts.draft_contract")
def discard(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Throw a draft away."""
    found = one_contract(request, contract_id)
    contracts.discard(found, by=request.user, at=timezone.now(), why=request.POST.get("why", ""))  # type: ignore[arg-type]
    toasts.add(request, f"{found.number} is discarded.")
    return SeeOther(links.record(found.account))


def _tiers(request: HttpRequest, known: Sequence[tuple[Decimal, Decimal]]) -> list[Tier]:
    initial = [{"spend_from": spend, "rebate_pct": rebate} for spend, rebate in known]
    count = max(ROWS, len(known) + 2)
    return [Tier(request.POST or None, prefix=f"t{n}", initial=initial[n] if n < len(initial) else None) for n in range(count)]


def _hold(form: Agreement, tiers: Sequence[Tier]) -> bool:
    return all([form.is_valid(), *(one.is_valid() for one in tiers)])


def _of(tiers: Sequence[Tier]) -> list[tuple[Decimal, Decimal]]:
    """The tiers that were filled in, by spend."""
    rows = [(one.cleaned_data["spend_from"], one.cleaned_data["rebate_pct"]) for one in tiers]
    return sorted(row for row in rows if row[0] is not None)


def _page(request: HttpRequest, form: Agreement, tiers: Sequence[Tier], crumbs: list[c.Crumb], contract: Contract | None) -> HttpResponse:
    wrong = form.errors or any(one.errors for one in tiers)
    shown = {"area": "accounts", "crumbs": crumbs, "form": form, "tiers": list(enumerate(tiers, 1)), "contract": contract}
    return render(request, "accounts/agreement.html", shown, status=422 if wrong else 200)
