"""One client's records of every kind, each with a word of its own that no other client may ever see, and everybody who may look.

Made once a module by the real actions; whoever uses it rolls back.
"""

import dataclasses
import datetime
import pathlib
from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from makegood.accounts.actions import accounts as account_actions
from makegood.accounts.actions import contacts, contracts, merging
from makegood.billing.actions import correcting, preparing
from makegood.billing.actions import receiving as money
from makegood.catalog.actions import clauses, guidelines, rates
from makegood.core import absences
from makegood.core.models import Notification, Person, Role, SavedView
from makegood.creatives.actions import receiving, reviewing, showing, uploading
from makegood.delivery.actions import comparing, making_good, pacing, vendor_files
from makegood.orders import signing_links
from makegood.orders.actions import approval, changing, importing, inviting, running
from makegood.orders.models import Order
from makegood.sales.actions import briefs
from makegood.trafficking.actions import assigning
from makegood.work.actions import approvals, cases, comments, tasks
from makegood.workflows import changing as workflow
from makegood.workflows import holding
from makegood.workflows.planning import making
from tests import personas
from tests.documents.orders import papers
from tests.factories import accounts, billing, catalog, creatives, delivery, orders, planning
from tests.journeys import hostile

LETTERS = {
    "A": Role.ACCOUNT_MANAGER, "C": Role.CAMPAIGN_MANAGER, "T": Role.TRAFFICKER, "R": Role.REVIEWER, "L": Role.LEAD, "S": Role.SALES,
    "F": Role.FINANCE, "E": Role.LEADERSHIP, "X": Role.ADMIN,
}  # fmt: skip
AGENT, OWN, RIVAL, STRANGER = "G", "own", "rival", "-"
WORDS = (
    "Quagmireholt", "Zephyrwick", "Brambleforth", "Ospreygate", "Tarnhollow", "Vexilmoor", "Juniperax", "Wolfsbanery", "Kestrelyn", "Mirabelton",
    "Palimpsesto", "Xanthiferous", "Oubliettery", "Gossamereth", "Dragonwort", "Nightjarling", "Elderquill", "Fennelgrove",
    "Pennywhistler", "Quillonry",
    "Hollowmere", "Gorsefield", "Ivorycrest", "Larkspurdon", "Mossgarth", "Thistlewane", "Umbraloch",
)  # fmt: skip


@dataclasses.dataclass
class World:
    """Ids by the name routes give them; words of the client's records: `shown` on its pages, `quiet` its own but on none of
    them (a purchase order stands in the PDF), `inside` for our people only."""

    ids: dict[str, object]
    people: dict[str, Person]
    clients: dict[str, Client]
    shown: list[str]
    quiet: list[str]
    inside: list[str]


def build(folder: pathlib.Path, at: datetime.datetime) -> World:
    """Everything at `at`."""
    words, today, day = iter(WORDS), at.date(), datetime.timedelta(days=1)
    shown: list[str] = []
    quiet: list[str] = []
    inside: list[str] = []

    def told(kind: list[str]) -> Callable[..., str]:
        def word(text: str = "{}") -> str:
            kind.append(next(words))
            return text.format(kind[-1])

        return word

    seen, theirs, kept = told(shown), told(quiet), told(inside)

    accounts.seller()
    people = {letter: personas.person(f"{role.label} One", role) for letter, role in LETTERS.items()}
    people[AGENT] = personas.person("Software Agent", *LETTERS.values(), agent_for=people["C"])
    manager, lead, finance = people["C"], people["L"], people["F"]
    rule = orders.rule("credit", "0", *LETTERS.values())
    own = account_actions.create(seen("{} Bank"), "advertiser", by=None, at=at, owner=people["A"], domains=["bank.example"])
    rival = account_actions.create("Harrow Mutual", "advertiser", by=None, at=at, owner=people["A"])
    people[OWN], people[RIVAL] = personas.client_of(own.party, "Lena Ortiz"), personas.client_of(rival.party, "Rita Rival")

    # a campaign that ran and is billed, one that is signed by nobody yet, one being drafted
    product = billing.run_of_site()
    ran = billing.ran(name=seen("{} Saver"), client=str(own), agency=False, complete=False, po_number=theirs("PO {}"), campaign_manager=manager, account_manager=manager, trafficker=people["T"])
    days = {"start": today + 7 * day, "end": today + 20 * day}
    people_of = {"account_manager": manager, "campaign_manager": manager, "trafficker": people["T"]}
    waiting = orders.order(seen("{} Mortgage"), advertiser=own, **days, **people_of)
    orders.line(waiting, product, quantity=50_000, **days)
    approval.submit(waiting, by=None, at=at)
    draft = orders.order(kept("{} not offered yet"), advertiser=own, **days, **people_of)
    line = orders.line(draft, product, quantity=50_000, **days)
    serving = ran.lines.get()
    flight = serving.flights.get()
    running.start(flight, by=None, at=at)

    change = changing.begin(ran, by=manager, at=at, reason=kept("{} asks for more"))
    workflow.collect(change, {"op": "order.term", "name": "notes", "value": kept("{} is not to know")}, by=manager, at=at)
    workflow.collect(change, {"op": "order.term", "name": "payment_days", "value": "45"}, by=manager, at=at)
    workflow.send(change, by=manager, at=at)
    change_asked = approvals.request(change, "credit", title="More credit", measure=Decimal(1), facts={}, binds_to="y", makers=[], by=None, at=at)

    invoice = billing.issued(ran, finance)
    due = preparing.prepare(ran, billing.BROADCAST[1], by=None, at=at)
    payment = money.record(own, Decimal(50), currency="USD", received_on=today, reference=kept("WIRE {}"), by=finance, at=at, apply_to={})
    dispute = correcting.dispute(invoice, Decimal(10), theirs("{} counted otherwise"), owner=manager, by=people[OWN], at=at)
    root = ("orders.order", ran.pk)
    version = creatives.received(own, name=seen("{} banner"), root=root)
    approved = creatives.approved(own, people["R"], name=kept("{} second banner"), root=root, seed=3)
    newer = receiving.receive(
        creatives.banner(folder, seed=9), name="newer.png", creative=approved.creative, by=None, at=at
    )
    reviewing.decide(newer, "approve", by=people["R"], at=at)
    remark = showing.pin(version, "Look here", by=people["R"], at=at, x=0.5, y=0.5)
    guidelines.publish(guidelines.Wording("GEN-07", "Seen", "Is seen", category="Seen nowhere"), valid_from=today, by=None, at=at)
    upload = uploading.begin("half.png", 100, own, root, by=manager, at=at)
    assignment = assigning.assign(flight, newer, by=people["T"], at=at)

    task = tasks.open(ran, "creative:300x250", title=theirs("{} is missing"), due_at=at + day, by=None, at=at, owner=lead, owed_by=own)
    asked = approvals.request(
        waiting, "credit", title=kept("{} on hold"), measure=Decimal(1), facts={"limit": kept()}, binds_to="x", makers=[], by=None, at=at
    )
    case = cases.open(ran, kind="issue", title=seen("{} looks wrong"), owner=lead, by=None, at=at)
    comments.add(ran, kept("{} pays late, keep quiet @campaign.manager.one"), by=people["A"], at=at)
    comments.add(ran, seen("{} is the word for you"), by=people["A"], at=at, visible_to_client=True)
    notice = Notification.objects.filter(person=manager).latest("pk")

    received = importing.receive(hostile.order(folder / "io.xlsx", B3=str(own), B4=kept("{} in the document")), name=kept("{}.xlsx"), by=None, at=at)
    page = importing.receive(papers.pdf(folder / "io.pdf", "Contract Number 4411 \\ Advertiser: Somebody \\ Gross Amount: 1200.00"), by=None, at=at)
    pacing.compute(pacing.running_lines(), by=None, at=at)
    contact = contacts.add_contact(own, kept("Contact {}"), by=None, at=at, email="somebody@bank.example")
    merged = merging.merge(account_actions.create("Bank of Somewhere", "advertiser", by=None, at=at), own, by=None, at=at, why="the same")
    contract = contracts.create(own, kept("{} agreement"), start=today, end=today + 365 * day, commitment=Decimal(90000), by=None, at=at)
    protected = rates.protect(contract, catalog.takeover(), Decimal(900), by=None, at=at)
    brief = briefs.create(own, kept("{} wanted"), objective="awareness", budget=Decimal(5000), by=lead, at=at, **days)
    hold = holding.place(catalog.takeover(), own, units=1, expires_at=at + 2 * day, by=lead, at=at, start=today + 9 * day, end=today + 9 * day)
    planning.stocked(at)
    plan = making.make(brief, by=lead, at=at)
    absence = absences.plan(people["S"], today + 3 * day, today + 4 * day, by=None, at=at)
    view = SavedView.objects.create(person=manager, list_key="orders", name="Mine", query="status=live")
    making_good.propose_and_offer(serving, missed=100, offered=120, reason="Traffic fell", by=manager, at=at)

    counted = folder / "counts.csv"
    counted.write_text(f"Date,Placement ID,Placement,Impressions\n{billing.COUNTED[0]},77,Homepage,80000\n{billing.COUNTED[1]},78,Another,40000\n")
    load = vendor_files.receive(counted, vendor="Adcount", by=None, at=at)
    delivery.third_party(serving, dict.fromkeys(billing.COUNTED, 90_000), vendor=kept("{} Adcount"))
    comparing.compare([serving], by=None, at=at)

    signer = contacts.add_contact(own, "Lena Ortiz", by=None, at=at, email="lena.ortiz@bank.example")
    to_sign = inviting.send(waiting, signer, by=None, at=at)
    clause = clauses.adopt("en", by=None, at=at)[0].clause
    clauses.draft(clause, title="What is agreed", text="Anew", by=None, at=at)

    ids = {
        "request_id": to_sign.pk, "token": signing_links.token(to_sign), "signer": signer.pk, "clause_id": clause.pk,
        "rule_id": rule.pk, "contact_row": contact.pk, "merged": merged.pk, "load_id": load.pk, "order_id": ran.pk, "line_id": serving.pk, "flight_id": flight.pk, "invoice_id": invoice.pk, "dispute_id": dispute.pk, "payment_id": payment.pk, "creative_id": version.creative_id,
        "version_id": version.pk, "assignment_id": assignment.pk, "task_id": task.pk, "approval_id": asked.pk, "case_id": case.pk, "notice_id": notice.pk,
        "import_id": received.pk, "account_id": own.pk, "contract_id": contract.pk, "rate_id": protected.pk, "brief_id": brief.pk, "plan_id": plan.pk, "plan_line_id": plan.lines.latest("pk").pk, "hold_id": hold.pk, "absence_id": absence.pk,
        "placement_id": flight.placement_ids[0], "view_id": view.pk, "file_id": received.file_id, "page": page.pk, "number": 1, "waiting": waiting.pk, "draft": draft.pk, "draft_line": line.pk, "due": due.pk,
        "change_id": change.pk, "change_asked": change_asked.pk, "older": approved.creative_id, "product": product.pk, "own": own.pk, "decided": newer.pk, "pin_id": remark.pk, "upload_id": upload.pk, "code": "GEN-07", "spec": "display-300x250", "rival": rival.pk, "contact": people[OWN].pk, "lead": lead.pk, "order_number": Order.objects.get(pk=ran.pk).number,
    }  # fmt: skip
    return World(ids, people, {key: _signed_in(person) for key, person in people.items()} | {STRANGER: Client()}, shown, quiet, inside)


def _signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
