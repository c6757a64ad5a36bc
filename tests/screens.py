"""`python -m tests.screens docs/screens`: pictures of the demo seller's most important pages, taken in a real browser.

Uses the demo's data (MAKEGOOD_HOME, else the demo's own home), which `makegood demo --once` makes first, as `make screens` does.
"""

import os
import pathlib
import sys
from collections.abc import Callable
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.config.settings")
os.environ["MAKEGOOD_DEMO"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in this thread

from makegood.config import home

os.environ.setdefault("MAKEGOOD_HOME", str(home.default_home() / "demo"))

from makegood.config import installation
from tests import browser

ACCOUNT, CAMPAIGN, REVIEW = "dana.whitfield", "priya.raman", "mei.lindqvist"
LEAD, FINANCE, CLIENT = "ruth.delgado", "jonas.abel", "lena.ortiz"


class Screen(NamedTuple):
    """One picture: who looks at which address, in which theme and width."""

    name: str
    who: str
    path: Callable[[], str]
    theme: str = "light"
    width: int = 1440
    shows: str = ""
    """A selector of what comes later than the page."""


def main(folder: pathlib.Path, wanted: list[str]) -> None:
    """Take every picture, or those named; stop with a list of those that did not answer."""
    folder.mkdir(parents=True, exist_ok=True)
    failed: list[str] = []
    with installation.prepared() as addresses, installation.serving(addresses, worker=False), browser.browser() as chromium:
        shots = [(screen, screen.path()) for screen in screens() if not wanted or screen.name in wanted]
        for screen, path in shots:
            if problem := take(chromium, addresses.web, screen, path, folder):
                failed.append(f"{screen.name}: {problem}")
            print(f"{screen.name:<28} {path}", flush=True)
    if failed:
        sys.exit("\n".join(failed))


def take(chromium, base: str, screen: Screen, path: str, folder: pathlib.Path) -> str:
    """One picture; what went wrong, or an empty string."""
    from makegood.core.models import Person

    person = Person.objects.filter(email__startswith=screen.who + "@").first()
    if person is None:
        return f"no {screen.who} in this data: run make demo-reset first"
    height = 844 if screen.width < 500 else 1000
    context = chromium.new_context(viewport={"width": screen.width, "height": height}, color_scheme=screen.theme, device_scale_factor=1)
    page = context.new_page()
    try:
        page.goto(f"{base}/sign-in/")
        page.fill("input[name=login]", person.email)
        page.fill("input[name=password]", os.environ.get("MAKEGOOD_DEMO_PASSWORD", "makegood-demo"))
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state("networkidle")
        answer = page.goto(f"{base}{path}")
        page.wait_for_load_state("networkidle")
        if screen.shows:
            page.wait_for_selector(screen.shows)
        page.screenshot(path=folder / f"{screen.name}.png")
        return "" if answer and answer.status == 200 else f"{path} answered {answer.status if answer else 'nothing'}"
    finally:
        context.close()


def screens() -> list[Screen]:
    """The most important states, found by what they show rather than by number."""
    from makegood.billing.models import Invoice
    from makegood.creatives.models import Version
    from makegood.delivery.models import Pace
    from makegood.orders.models import Flight, Order, OrderImport
    from makegood.sales.models import Plan
    from makegood.work.models import Case

    def campaign(tab: str = "") -> Callable[[], str]:
        return lambda: f"/orders/{Order.objects.get(name='Autumn Breakfast').pk}/" + (f"?tab={tab}" if tab else "")

    def first(rows, pattern: str) -> Callable[[], str]:
        return lambda: pattern.format(rows().first() or 0)

    at_risk = first(lambda: Pace.objects.filter(state="risk").exclude(line__status="completed").order_by("-at_risk").values_list("line_id", flat=True), "/pacing/{}/")
    review = first(lambda: Version.objects.filter(status__in=["in_review", "failed", "rejected"]).order_by("status", "-uploaded_at").values_list("creative_id", flat=True), "/creatives/{}/")
    imported = first(lambda: OrderImport.objects.filter(status="read").order_by("pk").values_list("pk", flat=True), "/orders/import/{}/")
    invoice = first(lambda: Invoice.objects.filter(status__in=["issued", "paid"], lines__isnull=False).order_by("-gross").values_list("pk", flat=True), "/billing/invoices/{}/")
    case = first(lambda: Case.objects.order_by("pk").values_list("pk", flat=True), "/cases/{}/")
    launch = first(lambda: Order.objects.filter(status__in=["booked", "live"]).order_by("-start").values_list("pk", flat=True), "/trafficking/{}/")
    plan = first(lambda: Plan.objects.order_by("-amount", "pk").values_list("pk", flat=True), "/plans/{}/")
    account = lambda: f"/accounts/{Order.objects.get(name='Autumn Breakfast').advertiser_id}/"  # noqa: E731
    tag = lambda: f"/trafficking/tags/{Flight.objects.filter(status='live', line__product__format='display').first().placement_ids[0]}/test/"  # noqa: E731
    return [
        Screen("today", CAMPAIGN, lambda: "/"),
        Screen("today-dark", CAMPAIGN, lambda: "/", "dark"),
        Screen("orders", CAMPAIGN, lambda: "/orders/"),
        Screen("orders-grouped-dark", CAMPAIGN, lambda: "/orders/?group=status", "dark"),
        Screen("campaign", CAMPAIGN, campaign()),
        Screen("campaign-delivery", CAMPAIGN, campaign("delivery")),
        Screen("campaign-history-dark", CAMPAIGN, campaign("history"), "dark"),
        Screen("order-import", ACCOUNT, imported),
        Screen("plan", ACCOUNT, plan),
        Screen("approval-rules", LEAD, lambda: "/approvals/rules/"),
        Screen("clauses", LEAD, lambda: "/papers/"),
        Screen("goals", LEAD, lambda: "/goals/"),
        Screen("renewals-dark", LEAD, lambda: "/goals/renewals/", "dark"),
        Screen("inventory-calendar", ACCOUNT, lambda: "/inventory/"),
        Screen("creative-room", REVIEW, review),
        Screen("review-queue", REVIEW, lambda: "/creatives/review/"),
        Screen("review-queue-390-dark", REVIEW, lambda: "/creatives/review/", "dark", 390),
        Screen("policy-rule", LEAD, lambda: "/creatives/policy/FIN-03/"),
        Screen("spec-profile", LEAD, lambda: "/creatives/specs/spotify-audio-direct/"),
        Screen("consistency", LEAD, lambda: "/creatives/consistency/"),
        Screen("trafficking", CAMPAIGN, launch),
        Screen("tag-test", CAMPAIGN, tag, shows=".mg-events li[data-kind=viewable], .mg-events li[data-kind=impression]"),
        Screen("pacing", CAMPAIGN, at_risk),
        Screen("pacing-dark", CAMPAIGN, at_risk, "dark"),
        Screen("discrepancies", CAMPAIGN, lambda: "/discrepancies/"),
        Screen("discrepancies-390-dark", CAMPAIGN, lambda: "/discrepancies/", "dark", 390),
        Screen("invoice", FINANCE, invoice),
        Screen("billing", FINANCE, lambda: "/billing/"),
        Screen("account", ACCOUNT, account),
        Screen("case", ACCOUNT, case),
        Screen("team", LEAD, lambda: "/team/"),
        Screen("process", LEAD, lambda: "/process/"),
        Screen("leadership", LEAD, lambda: "/reports/leadership/"),
        Screen("portal-390", CLIENT, lambda: "/portal/", "light", 390),
        Screen("portal-390-dark", CLIENT, lambda: "/portal/", "dark", 390),
    ]


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens"), sys.argv[2:])
