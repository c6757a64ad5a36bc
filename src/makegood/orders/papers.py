"""The order as its papers say it: records into documents.papers, frozen with a revision. Stores nothing."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from makegood.accounts.models import Account
from makegood.catalog import clauses
from makegood.catalog.models import Clause, ClauseVersion
from makegood.core.errors import Invalid
from makegood.core.models import Seller
from makegood.documents import papers as written
from makegood.documents.papers import language, standard
from makegood.documents.written import parties
from makegood.orders import blanks, paper_lines
from makegood.orders.models import Order, PaperLanguage, Revision, Signature

SIDES = ("client", "seller")
VALID_DAYS = 30


def document(
    order: Order, seller: Seller, *, number: int, at: datetime.datetime, kind: str = "order", versions: Sequence[ClauseVersion] | None = None
) -> written.OrderDocument:
    """The order's paper as it stands now, unsigned. Raises Invalid where a clause's blank cannot be filled, or without lines."""
    lines = list(order.lines.exclude(status="cancelled").select_related("product__property").prefetch_related("flights", "product__placements"))
    if not lines:
        raise Invalid("it has no lines.", place=str(order), remedy="Add at least one.")
    on, code = at.date(), language_of(order)
    doc = written.OrderDocument(
        seller=letterhead(seller), advertiser=party(order.advertiser), agency=party(order.agency) if order.agency else None, kind=kind, language=code,
        number=order.number, revision=number, dated=on, campaign=order.name, currency=order.currency, lines=tuple(map(paper_lines.line, lines)), gross=order.gross,
        commission_rate=order.commission_pct / 100, commission=order.gross - order.net, net=order.net, po_number=order.po_number,
        owner=order.account_manager.name, terms=_terms(order, language.of(code)), months=paper_lines.months(order, lines, language.of(code)),
        valid_until=on + datetime.timedelta(days=VALID_DAYS) if kind == "proposal" else None,
        signatures=tuple(written.Signature(party=name) for name in (str(order.bill_to), seller.name)) if kind == "order" else (),
    )  # fmt: skip
    found = in_force(order, kind=kind, on=on) if versions is None else versions
    return dataclasses.replace(doc, clauses=_clauses(found, blanks.values(order, doc)))


def in_force(order: Order, *, kind: str, on: datetime.date) -> list[ClauseVersion]:
    """The clause versions that stand on the order's paper made on a day."""
    media = set(order.lines.exclude(status="cancelled").values_list("product__property__medium", flat=True))
    return clauses.of(kind, code=language_of(order), business=media.pop() if len(media) == 1 else "", on=on)


def shipped(order: Order, *, kind: str) -> list[ClauseVersion]:
    """The clauses shipped in the order's language as versions nobody has kept, for a seller who has published none."""
    code = language_of(order)
    return [ClauseVersion(clause=Clause(key=one.key, language=code), number=1, title=one.title, text=one.text) for one in standard.clauses(code) if kind in one.papers]


def content(doc: written.OrderDocument) -> dict[str, object]:
    """The paper as JSON, to be frozen."""
    found: dict[str, object] = msgspec.to_builtins(doc)
    return found


def frozen(revision: Revision, signatures: Iterable[Signature] = ()) -> written.OrderDocument:
    """The paper of a revision as it was frozen, with the signatures given. Raises RevisionPaper.DoesNotExist for revisions frozen before papers were."""
    doc = msgspec.convert(revision.paper.content, written.OrderDocument, strict=False)
    signed = {one.side: one for one in signatures}
    sides = (_signature(place, revision, signed.get(side)) for place, side in zip(doc.signatures, SIDES, strict=True))
    return dataclasses.replace(doc, signatures=tuple(sides))


def language_of(order: Order) -> str:
    """The language the order's papers are in."""
    return PaperLanguage.objects.filter(order=order).values_list("language", flat=True).first() or "en"


def letterhead(seller: Seller) -> parties.Seller:
    """The seller as it stands on documents."""
    pairs = (line.partition(":") for line in seller.bank.splitlines() if line.strip())
    return parties.Seller(
        name=seller.name, address=tuple(seller.address.splitlines()), tax_id=seller.tax_id, email=seller.email,
        bank=tuple((label.strip(), value.strip()) for label, _, value in pairs),
    )  # fmt: skip


def party(account: Account) -> parties.Party:
    """An account as it is addressed."""
    return parties.Party(name=account.legal_name or account.party.name, address=tuple(account.address.splitlines()), tax_id=account.tax_id)


def _clauses(versions: Iterable[ClauseVersion], values: Mapping[str, str]) -> tuple[written.Clause, ...]:
    found = []
    for one in versions:
        try:
            title, text = written.filled(one.title, values), written.filled(one.text, values)
        except written.Misplaced as wrong:
            raise Invalid(f"{wrong}.", place=str(one), remedy="Change the clause, or fill in what it asks for.") from wrong
        found.append(written.Clause(title=title, text=text, key=one.clause.key, version=one.number))
    return tuple(found)


def _terms(order: Order, lang: language.Language) -> tuple[tuple[str, str], ...]:
    source = f"{lang.say(order.get_bill_source_display())}, {lang.say(order.get_bill_cap_display().lower())}"
    return (
        ("Billed on", source),
        ("Billed", f"{lang.say(order.get_bill_schedule_display())}, {lang.say(f'by {order.get_bill_calendar_display().lower()}')}"),
        ("Payment", f"{order.payment_days} {lang.say('days')}"),
        ("Days are in", order.zone),
    )


def _signature(place: written.Signature, revision: Revision, signed: Signature | None) -> written.Signature:
    """The side's place under the paper; unsigned, it names the hash of what is to be signed."""
    if signed is None:
        return dataclasses.replace(place, sha256=revision.sha256)
    return dataclasses.replace(
        place, name=signed.name, title=signed.title, signed_at=signed.at.astimezone(datetime.UTC), sha256=signed.sha256, document_sha256=signed.document_sha256
    )
