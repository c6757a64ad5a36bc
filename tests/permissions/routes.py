"""Every address of the application with the ids of the world in it, and what is sent to it."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

OTHER = {  # where the usual record of that name will not do
    "order-submit": {"order_id": "draft"}, "order-cancelling": {"order_id": "draft"}, "order-review-decide": {"order_id": "waiting"}, "order-remove-line": {"order_id": "draft", "line_id": "draft_line"},
    "order-withdraw": {"order_id": "waiting"}, "order-decide": {"order_id": "waiting"},
    "invoice-issue": {"invoice_id": "due"}, "invoice-discard": {"invoice_id": "due"}, "creative-succeed": {"version_id": "version_id"},
    "change-decide": {"approval_id": "change_asked"}, "portal-sign": {"order_id": "waiting"}, "creative-compare": {"creative_id": "older"}, "creative-spec": {"code": "spec"}, "creative-approval": {"version_id": "decided"}, "today-countersign": {"order_id": "waiting"},
    "order-send": {"order_id": "waiting"}, "order-sent-remind": {"order_id": "waiting"}, "order-sent-withdraw": {"order_id": "waiting"},
    "portal-paper-page": {"page": "number"}, "sign-link-page": {"page": "number"}, "import-page": {"import_id": "page"}, "order-sign": {"order_id": "waiting"}, "order-countersign": {"order_id": "waiting"},
}  # fmt: skip
FIXED = {"kind": "pdf", "name": "order.docx", "digest": "0" * 12, "key": "task-{task_id}"}
VERBS = {"today-task": "done", "contract-move": "activate", "case-move": "wait"}
NOTICE = {"notice_days": "30", "other_notice_days": "7", "fee_pct": "50"}
DATA = {
    "account-brand": {"name": "Oats"}, "account-contact": {"name": "Ola Oak", "email": "ola@bank.example"}, "account-credit": {"status": "stop", "why": "late"},
    "brief-lose": {"why": "price"}, "hold-extend": {"days": "3", "why": "the board"}, "today-hold": {"do": "release", "why": "They stop"},
    "import-fix": {"place": "field:campaign", "value": "Spring"}, "import-party": {"role": "advertiser", "account": "{own}"},
    "import-product": {"line": "1", "product": "{product}"}, "order-withdraw": {"why": "The rate"}, "view-save": {"list": "orders", "name": "All", "query": ""},
    "today-snooze": {"until": "2099-01-01T00:00:00+00:00"}, "today-hand-over": {"to": "{lead}", "note": "you know them"}, "today-decide": {"outcome": "approved"},
    "order-cancelling": NOTICE, "contract-cancelling": NOTICE, "rules-cancelling": NOTICE, "contract-terms": {"rebate_basis": "marginal"}, "contract-rate-end": {"last": "2099-01-01", "why": "ended"}, "contract-discard": {"why": "They went elsewhere"}, "contract-rate": {"product": "{product}", "rate": "9"},
    "account-prepay": {"why": "an old client"}, "order-release": {"why": "the wire is seen"},
    "order-decide": {"outcome": "approved"}, "order-review-decide": {"outcome": "approved"}, "change-decide": {"outcome": "approved"}, "change-reach": {"line": "1"}, "change-collect": {"op": "line.cap", "line": "1", "cap_count": "2", "cap_hours": "9"},
    "change-sign": {"side": "seller", "name": "Somebody"}, "order-notice": {"source": "A letter", "why": "They stop"},
    "account-roles": {"contact": "{contact_row}", "role": "buyer"}, "account-unmerge": {"merge": "{merged}", "why": "another company"}, "team-hand-over": {"to": "{lead}", "why": "load"}, "case-say": {"body": "Noted"}, "order-say": {"body": "Noted", "audience": "us"},
    "invoice-dispute": {"amount": "10", "reason": "Counted otherwise"}, "dispute-settle": {"credited": "0", "why": "Counts agree"},
    "creative-decide": {"outcome": "approve"}, "creative-opine": {"outcome": "approve", "reason": "fine"}, "creative-pin": {"x": "0.5", "y": "0.5", "text": "here"},
    "creative-succeed": {"flight": "{flight_id}"}, "creative-bulk-begin": {"name": "a.png", "size": "9"}, "creative-bulk-piece": {"offset": "0"}, "creative-except": {"why": "one week", "ends_on": "2099-01-01"}, "creative-evidence": {"kind": "licence", "text": "BL-1"},
    "trafficking-rotation": {"turns": "even"},
    "creative-spec": {"0-severity": "drop", "note": "fewer"},
    "creative-rule": {"title": "A", "text": "B", "risk": "2", "valid_from": "2099-01-01", "note": "new"},
    "creative-withdraw": {"why": "No longer wanted"}, "portal-say": {"order": "{order_id}", "body": "A word"},
    "order-paper-language": {"language": "de"}, "order-send": {"contact": "{signer}"}, "clauses-adopt": {"language": "de"}, "clause-preview": {"title": "A", "text": "B"},
    "clause": {"title": "A", "text": "B"}, "clause-publish": {"starts_on": "2099-01-01", "note": "new"}, "clause-retire": {"on": "2099-01-01", "why": "gone"},
    "counts": {"vendor": "Adcount"}, "count-load-choose": {"placement": "77", "flight": "{flight_id}"}, "count-load-column": {"header": "Impressions", "field": "impressions"},
    "plan-swap": {"kind": "best"}, "plan-line": {"units": "1"}, "portal-bill": {"body": "Why?"}, "portal-except": {"why": "one week", "ends_on": "2099-01-01"}, "portal-ad-say": {"body": "A word"},
    "portal-evidence": {"kind": "licence", "text": "BL-1"}, "portal-sign": {"agree": "yes", "name": "Lena Ortiz"}, "portal-messages": {},
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Route:
    """A named address; `names` are the parts to fill in."""

    name: str
    names: tuple[str, ...]
    verb: str

    def url(self, ids: dict[str, Any], given: dict[str, Any] | None = None) -> str:
        """Its address with the world's ids, and before them those `given`."""
        other = OTHER.get(self.name, {})
        filled = {
            one: VERBS[self.name] if one == "verb" else FIXED[one].format(**ids) if one in FIXED else ids[other.get(one, one)] for one in self.names
        } | (given or {})
        if self.name == "assets":
            filled["kind"] = "css"
        return reverse(self.name, kwargs=filled)

    def data(self, ids: dict[str, Any]) -> dict[str, Any]:
        """What is posted."""
        return {key: value.format(**ids) for key, value in DATA.get(self.name, {}).items()}


def routes() -> list[Route]:
    """All of them, each name once, the favicon left out (a redirect to a static file)."""
    found = {pattern.name: pattern for pattern in _patterns(get_resolver()) if pattern.name}
    return [Route(name, tuple(one.pattern.regex.groupindex), getattr(one.callback, "verb", "")) for name, one in found.items()]


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one
