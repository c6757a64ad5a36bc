"""What people say and what goes wrong around campaigns: comments with mentions, cases with causes, tasks by hand."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from makegood.core.models import Person
from makegood.orders.models import Order
from makegood.work.actions import cases, comments, tasks
from makegood.workflows.demo.times import at, working
from makegood.workflows.demo.world import World

SAID = (  # campaign, days ago, clock, who, text, for the client too
    ("Autumn Breakfast", 27, "16:20", "Dana", "All five lines are up. First screenshots are in the files.", True),
    ("Autumn Breakfast", 9, "09:30", "Dana", "The extra mobile placements are ready to go in once you agree; nothing changes in the price.", True),
    ("Autumn Breakfast", 2, "15:05", "Priya", "@dana.whitfield mobile is short for good since the search change. Three changes would win most of it back.", False),
    ("Glow", 0, "08:50", "Priya", "@dana.whitfield can we extend Aurelia by a week? Avails show room, no conflict.", False),
    ("Heat Pumps", 1, "10:40", "Tomas", "@ben.achterberg the third-party pre-roll tag fires twice since yesterday morning. I opened an incident.", False),
    ("Fibre Launch", 3, "11:15", "Grace", "@luis.ferrer two more takeovers this week will cost Lumen the homepage. Make-good or credit?", False),
    ("Harbour Saver", 5, "14:00", "Mei", "@priya.raman FIN-03 again: terms under 9 px. Fix list is on the version.", False),
    ("Commuter", 1, "17:25", "Grace", "@hana.sato no files and no click URLs from Compass North yet. Launch is tomorrow.", False),
    ("Winter Sun", 4, "12:30", "Ben", "Files came two days late; we told the client the first days are lost.", True),
)
CASES = (  # campaign, kind, severity, title, owner, days ago, hours to solve (0: open), cause, what was done
    ("Heat Pumps", "incident", "high", "Third-party video tag counts twice", "Tomas", 1, 0, "", ""),
    ("Fibre Launch", "incident", "normal", "Audio counts differ by 6.1 %", "Grace", 4, 0, "", ""),
    ("Commuter", "issue", "normal", "Agency asks to move the launch by two days", "Hana", 1, -1, "", ""),
    ("Glow", "issue", "low", "Client cannot see the checkout screens in the report", "Dana", 12, 20, "Report filter", "Added the placement to their saved report."),
    ("Autumn Breakfast", "issue", "normal", "Wrong jingle in the first morning flight", "Priya", 24, 7, "Creative mix-up", "Replaced the spot; 41,000 impressions made good."),
    ("Autumn Lines", "incident", "normal", "Checkout screens dark in two stores", "Nadia", 15, 30, "Hardware of a partner", "Store network restarted; counts were never billed."),
    ("Four Minutes", "billing", "low", "Purchase order number missing on the bill", "Jonas", 20, 26, "Missing PO", "Re-sent with the number; asked sales to collect it at signing."),
    ("Stories Tonight", "issue", "high", "Takeover showed last week's artwork for an hour", "Tomas", 2, 3, "Creative mix-up", "New version published; one hour credited."),
    ("Dinner, Sorted", "billing", "normal", "Which counts does the bill use?", "Jonas", 33, 18, "Terms not in the cover mail", "Explained line by line from the invoice page."),
    ("Neighbours", "issue", "normal", "Landing page was down on Sunday", "Priya", 17, 11, "Client's site", "Paused for six hours, resumed with their word."),
)


def said(world: World) -> Iterator[datetime.datetime]:
    """Comments on the newest campaign of each name."""
    for name, ago, clock, who, text, shown in sorted(SAID, key=lambda row: (-row[1], row[2])):
        yield (moment := at(world.times.day(-ago), clock))
        order = _order(name)
        if order:
            comments.add(order, text, by=world.cast[who], at=moment, visible_to_client=shown)


def worked(world: World) -> Iterator[datetime.datetime]:
    """Cases as they were opened, waited for and resolved."""
    for name, kind, severity, title, owner, ago, hours, cause, done in sorted(CASES, key=lambda row: -row[5]):
        yield (moment := at(working(world.times.day(-ago)), "09:25"))
        order = _order(name)
        if order is None:
            continue
        case = cases.open(order, kind=kind, title=title, owner=world.cast[owner], by=_opener(order, world), at=moment, severity=severity)
        if hours < 0:
            cases.wait(case, by=world.cast[owner], at=moment + datetime.timedelta(hours=2), why="the agency names the new day")
        elif hours:
            cases.resolve(case, cause=cause, resolution=done, by=world.cast[owner], at=min(moment + datetime.timedelta(hours=hours), world.times.now))


def owed(world: World) -> Iterator[datetime.datetime]:
    """Tasks people set by hand; the newsletter's is late and was asked for twice."""
    yield (moment := at(world.times.day(-6), "10:00"))
    order = _order("Autumn Breakfast")
    if order and order.agency:
        line = order.lines.filter(product__code="newsletter").first() or order
        task = tasks.open(
            line, "newsletter.send4", title="Newsletter send 4 has no creative", by=order.campaign_manager, at=moment, owner=order.account_manager,
            owed_by=order.agency_id, due_at=at(world.times.day(-1), "17:00"), action="Escalate", amount=Decimal(3000), currency="USD",
            detail="Send our draft from the last one, or theirs. The edition runs without it else.", effort_hours=Decimal("0.5"),
        )  # fmt: skip
        for ago in (3, 1):
            yield (moment := at(world.times.day(-ago), "09:05"))
            tasks.ask(task, by=order.account_manager, at=moment)
    yield (moment := at(world.times.day(-1), "16:00"))
    for title, who, days, hours in HAND:
        subject = _order("Glow") or order
        if subject:
            tasks.open(
                subject, f"hand.{who.lower()}.{days}", title=title, by=world.cast["Ruth"], at=moment, owner=world.cast[who],
                due_at=at(working(world.times.day(max(days, 0)), 0), "16:00"), action="Done", effort_hours=Decimal(hours),
            )  # fmt: skip


HAND = (
    ("Wrap-ups of the autumn campaigns before the year closes", "Priya", 4, 24), ("Set up the December starts before the leave", "Tomas", 3, 26),
    ("Prepare the quarterly review with Fenwick & Rowe", "Dana", 3, 6), ("Write the hand-over for the absence next week", "Tomas", 1, 3),
    ("Screenshots of the takeover for the wrap-up", "Nadia", 2, 2), ("Rate card for the new year: first draft", "Owen", 8, 8),
    ("Chase overdue invoices above 60 days", "Jonas", 2, 4), ("Playbook: click URLs at signing, not at launch", "Ruth", 5, 5),
)  # fmt: skip


def _order(name: str) -> Order | None:
    return Order.objects.filter(name=name).order_by("-start").select_related("account_manager", "campaign_manager", "agency").first()


def _opener(order: Order, world: World) -> Person:
    return order.account_manager
