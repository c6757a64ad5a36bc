"""Where each kind of record is shown. Activity, tasks, notices and the palette all ask here; areas serve these paths."""

PAGES = {
    "today": "/", "accounts": "/accounts/", "contracts": "/contracts/", "plans": "/plans/", "orders": "/orders/",
    "imports": "/orders/import/", "lines": "/lines/", "flights": "/flights/", "inventory": "/inventory/",
    "creatives": "/creatives/", "trafficking": "/trafficking/", "pacing": "/pacing/", "reports": "/reports/",
    "leadership": "/reports/leadership/", "billing": "/billing/", "invoices": "/billing/invoices/", "payments": "/billing/payments/", "cases": "/cases/",
    "tasks": "/tasks/", "team": "/team/", "process": "/process/", "portal": "/portal/", "counts": "/counts/", "discrepancies": "/discrepancies/", "operations": "/operations/",
    "rules": "/approvals/rules/", "rules-try": "/approvals/try/",
    "goals": "/goals/", "renewals": "/goals/renewals/",
}  # fmt: skip
RECORDS = {
    "accounts.account": "/accounts/{id}/", "accounts.contract": "/contracts/{id}/", "sales.plan": "/plans/{id}/", "sales.brief": "/plans/?row={id}&status=",
    "sales.hold": "/inventory/holds/{id}/", "orders.order": "/orders/{id}/", "orders.line": "/pacing/{id}/", "orders.orderimport": "/orders/import/{id}/",
    "orders.changeorder": "/orders/changes/{id}/",
    "creatives.creative": "/creatives/{id}/", "creatives.asset": "/creatives/{id}/", "billing.invoice": "/billing/invoices/{id}/", "billing.payment": "/billing/payments/{id}/",
    "work.case": "/cases/{id}/", "work.task": "/tasks/?row={id}", "core.storedfile": "/files/{id}/", "core.person": "/team/?person={id}",
    "delivery.countload": "/counts/{id}/",
}  # fmt: skip
PARTS = {
    "trafficking": "/trafficking/{id}/", "report": "/reports/{id}/", "pacing": "/pacing/{id}/", "portal": "/portal/orders/{id}/",
    "discrepancy": "/discrepancies/{id}/", "review": "/orders/{id}/review/",
}  # fmt: skip


def page(name: str) -> str:
    """The path of a page by its name. Raises KeyError for a page nobody serves."""
    return PAGES[name]


def to(subject_type: str, subject_id: int) -> str:
    """The path of a record by its type ("orders.order"), empty when it has no page of its own."""
    pattern = RECORDS.get(subject_type, "")
    return pattern.format(id=subject_id) if pattern else ""


def part(name: str, order_or_line_id: int) -> str:
    """The path of a record's view in another area: its trafficking sheet, report, pacing or portal page."""
    return PARTS[name].format(id=order_or_line_id)


def record(instance: object, tab: str = "") -> str:
    """The path of a record itself, with `tab` in the query when given."""
    path = to(instance._meta.label_lower, instance.pk)  # type: ignore[attr-defined]
    return f"{path}?tab={tab}" if tab and path else path
