"""From what was agreed to the blocks of its paper: order, proposal, record of signing."""

from decimal import Decimal

from makegood.documents.papers import blocks as b
from makegood.documents.papers import language
from makegood.documents.papers.agreed import OrderDocument, OrderLine, Signature
from makegood.documents.papers.language import Language
from makegood.documents.written import parties

TITLES = {"order": "Insertion order", "proposal": "Proposal"}


def compose(doc: OrderDocument) -> b.Paper:
    """The paper of `doc` in its language. Raises ValueError for a language papers are not written in."""
    lang = language.of(doc.language)
    found: list[b.Block] = [
        b.Head(parties.letterhead(doc.seller), lang.say(TITLES[doc.kind]), _number(doc, lang), lang.say("Tax id")), _sides(doc, lang),
        _lines(doc, lang), _sums(doc, lang), *_months(doc, lang),
    ]  # fmt: skip
    if doc.terms:
        found += [b.Heading(lang.say("Terms")), b.Facts(tuple((lang.say(one), two) for one, two in doc.terms))]
    if doc.clauses:
        found += [b.Heading(lang.say("Clauses")), *(b.Passage(f"{at}.", one.title, _paragraphs(one.text)) for at, one in enumerate(doc.clauses, 1))]
    if doc.conditions:
        found += [b.Heading(lang.say("Conditions")), *(b.Passage("", "", _paragraphs(text)) for text in doc.conditions)]
    if doc.signatures:
        found.append(b.Places(lang.say("Signatures"), lang.say("Name, date and signature"), tuple(_place(one, lang) for one in doc.signatures)))
    reference = f"{lang.say('Order') if doc.kind == 'order' else lang.say(TITLES[doc.kind])} {_number(doc, lang)}"
    return b.Paper(
        reference, doc.seller.name, reference, doc.language, doc.seller.paper, lang.say("Page"), lang.say("of"), (*found, *_audit(doc, lang))
    )


def _number(doc: OrderDocument, lang: Language) -> str:
    return f"{doc.number}, {lang.say('revision')} {doc.revision}"


def _sides(doc: OrderDocument, lang: Language) -> b.Sides:
    first, last = min(line.starts_on for line in doc.lines), max(line.ends_on for line in doc.lines)
    facts = [
        ("Campaign", doc.campaign), ("Runs", lang.span(first, last)), ("Dated", lang.day(doc.dated)), ("Your PO", doc.po_number), ("Contact", doc.owner),
        ("Can be accepted until", lang.day(doc.valid_until) if doc.valid_until else ""),
    ]  # fmt: skip
    sides = [(lang.say("Advertiser"), parties.block(doc.advertiser))] + ([(lang.say("Agency"), parties.block(doc.agency))] if doc.agency else [])
    return b.Sides(tuple(sides), tuple((lang.say(label), value) for label, value in facts if value), lang.say("Tax id"))


def _lines(doc: OrderDocument, lang: Language) -> b.Table:
    columns = (
        ("#", "l", 0), (lang.say("Line"), "l", 5), (lang.say("Runs"), "l", 0), (lang.say("Units"), "r", 0), (lang.say("Rate"), "r", 0),
        (f"{lang.say('Gross')}, {doc.currency}", "r", 0),
    )  # fmt: skip
    return b.Table(columns, tuple(_line(line, doc.currency, lang) for line in doc.lines))


def _line(line: OrderLine, currency: str, lang: Language) -> tuple[b.Cell, ...]:
    flights = line.flights if len(line.flights) > 1 else ()
    unit = ((b.Run(lang.say(line.unit), "small"),),)
    return (
        ((b.Run(str(line.number), "small"),),),
        ((b.Run(line.name, "strong"),), *(((b.Run(detail, "small"),),) if (detail := ", ".join(text for text in (line.placement, line.size) if text)) else ())),
        ((b.Run(lang.span(line.starts_on, line.ends_on)),), *((b.Run(lang.span(one.starts_on, one.ends_on), "small"),) for one in flights)),
        ((b.Run(lang.count(line.units)),), *(((b.Run(lang.count(one.units), "small"),) for one in flights) if flights else unit)),
        b.cell(lang.rate(line.rate, currency), lang.say(line.rate_unit)), b.cell(lang.amount(line.amount, currency)),
    )  # fmt: skip


def _sums(doc: OrderDocument, lang: Language) -> b.Sums:
    rows = [(lang.say("Gross"), lang.amount(doc.gross, doc.currency))]
    if doc.commission:
        rows.append((f"{lang.say('Agency commission')}, {lang.percent(doc.commission_rate * Decimal(100))}", lang.amount(-doc.commission, doc.currency)))
    return b.Sums(tuple(rows), f"{lang.say('Net')}, {doc.currency}", lang.amount(doc.net, doc.currency))


def _months(doc: OrderDocument, lang: Language) -> list[b.Block]:
    if len(doc.months) < 2:
        return []
    columns = ((lang.say("Month"), "l", 0), (lang.say("Days"), "l", 1), (f"{lang.say('Gross')}, {doc.currency}", "r", 0))
    rows = tuple(
        (b.cell(one.name), b.cell(lang.span(one.starts_on, one.ends_on)), b.cell(lang.amount(one.amount, doc.currency))) for one in doc.months
    )
    return [b.Heading(lang.say("By month")), b.Table(columns, rows)]


def _paragraphs(text: str) -> tuple[str, ...]:
    """Blank lines part paragraphs; a single line break is a space."""
    return tuple(" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def _place(one: Signature, lang: Language) -> b.Place:
    hashes = [(lang.say("SHA-256 of the terms signed"), one.sha256), (lang.say("SHA-256 of the PDF shown"), one.document_sha256)]
    signed = f"{lang.say('Signed')} {lang.moment(one.signed_at)}" if one.signed_at else ""
    return b.Place(one.party, one.name, one.title, signed, tuple(pair for pair in hashes if pair[1]))


def _audit(doc: OrderDocument, lang: Language) -> list[b.Block]:
    if not doc.audit:
        return []
    columns = ((lang.say("When"), "l", 0), (lang.say("What"), "l", 3), (lang.say("Who"), "l", 2), (lang.say("From"), "l", 3))
    rows = tuple((b.cell(lang.moment(one.at)), b.cell(one.what), b.cell(one.who), b.cell(one.where)) for one in doc.audit)
    hashed = tuple((b.cell(what), ((b.Run(value[:32], "small"),), (b.Run(value[32:], "small"),))) for what, value in doc.hashes)
    found: list[b.Block] = [b.Heading(lang.say("Record of signing"), fresh_page=True), b.Table(columns, rows)]
    return [*found, b.Table(((lang.say("What"), "l", 1), ("SHA-256", "l", 1)), hashed)] if hashed else found
