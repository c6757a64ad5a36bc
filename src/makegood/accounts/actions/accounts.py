"""Opening accounts and what is known of them: names, terms, who represents whom, credit."""

import datetime

from makegood.accounts import matching
from makegood.accounts.models import Account, Alias
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Party, Person
from makegood.engine import currencies

EDITABLE = frozenset({"legal_name", "category", "domains", "owner", "address", "tax_id", "billing_email", "notes"})
TERMS = frozenset({"payment_days", "credit_limit", "currency", "prepay"})


@verbs.whole
def create(
    name: str, kind: str, *, by: Person | None, at: datetime.datetime, owner: Person | None = None, why: str = "", **facts: object
) -> Account:
    """Open an account with its party. `facts` are any of EDITABLE and TERMS. Refused when one of that name exists."""
    permissions.check(by, "accounts.create")
    if not matching.key(name):
        raise Invalid("an account needs a name.", place="name", remedy="Give the company's name.")
    if kind not in Party.Kind.values:
        raise Invalid(f"{kind!r} is no kind of account.", place="kind", remedy=f"Use one of {', '.join(Party.Kind.values)}.")
    known = matching.find(name, kind).account
    if known:
        raise Refused(f"{known} is already an account.", place=name, remedy="Use that one, or give this one another name.")
    _known_facts(facts, EDITABLE | TERMS)
    party = Party.objects.create(name=name.strip(), kind=kind)
    account = Account.objects.create(party=party, owner=owner, **facts)
    activity.record(account, "account.created", by=by, at=at, why=why, after={"name": party.name, "kind": kind})
    return account


def edit(account: Account, *, by: Person | None, at: datetime.datetime, why: str = "", **facts: object) -> Account:
    """Change what is known of the account (EDITABLE); terms and credit have verbs of their own."""
    permissions.check(by, "accounts.edit", account)
    _known_facts(facts, EDITABLE)
    activity.change(account, "account.edited", by=by, at=at, why=why, **facts)
    return account


def set_terms(account: Account, *, by: Person | None, at: datetime.datetime, why: str, **terms: object) -> Account:
    """Change payment days, credit limit, currency, or whether it pays in advance (finance)."""
    permissions.check(by, "accounts.set_terms", account)
    _known_facts(terms, TERMS)
    activity.change(account, "account.terms", by=by, at=at, why=why, **terms)
    return account


def set_credit(account: Account, status: str, *, by: Person | None, at: datetime.datetime, why: str) -> Account:
    """Move the credit state; the reason is what sales is told."""
    permissions.check(by, "accounts.set_credit", account)
    if not why.strip():
        raise Invalid("a change of credit needs a reason.", place=str(account), remedy="Say why in a sentence.")
    return transitions.move(account, status, by=by, at=at, why=why, field="credit_status")


@verbs.whole
def learn_alias(account: Account, name: str, *, by: Person | None, at: datetime.datetime) -> Alias | None:
    """Remember that `name` means `account`; None when its own name already says so. Refused when it means another."""
    permissions.check(by, "accounts.learn_alias", account)
    form = matching.key(name)
    if not form or form == matching.key(account.party.name):
        return None
    known = Alias.objects.filter(key=form).select_related("account__party").first()
    if known and known.account_id != account.pk:
        raise Refused(f"“{name}” already means {known.account}.", place=str(account), remedy="Remove that alias first.")
    alias, made = Alias.objects.get_or_create(key=form, defaults={"account": account, "name": name.strip()[:200], "confirmed_by": by})
    if made:
        activity.record(account, "account.alias_learnt", by=by, at=at, after={"name": alias.name})
    return alias


def _known_facts(facts: dict[str, object], allowed: frozenset[str]) -> None:
    strange = sorted(set(facts) - allowed)
    if strange:
        raise Invalid(f"{', '.join(strange)} cannot be set here.", place="account", remedy=f"Set {', '.join(sorted(allowed))}.")
    if facts.get("currency", "USD") not in currencies.MINOR_UNITS:
        raise Invalid(f"{facts['currency']!r} is not an ISO 4217 currency.", place="currency", remedy="Use a code like USD.")
