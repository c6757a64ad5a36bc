"""A made-up order drawn: labels beside or above values, one to three columns of them, tables of many shapes, totals of many wordings.

The picture is lines of text, two spaces or more between what is drawn apart; the page is words with boxes, as pdfium gives them.
"""
import random
import re
from datetime import date
from decimal import Decimal

from bench.order_family.facts import Facts, Line
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.pdf import glyphs, rows

WIDE, LETTER, HIGH = 4.3, 7.0, 9.6  # points: pitch of a character, height of a letter, pitch of a line
PIECE = re.compile(r"\S+(?: \S+)*")
LABELS = {
    "contract": ("Contract #", "Contract / Revision", "Order #", "Contract Number", "Traffic #", "Order / Rev", "Contract", "Invoice #", "Confirmation #", "Order Number", "IO #", "Agreement #"),
    "advertiser": ("Advertiser", "Client", "Advertiser Name", "Client Name", "Sponsor", "Customer", "Advertiser / Product"),
    "agency": ("Agency", "Agency Name", "Media Agency", "Buying Service", "Agency / Buyer"),
    "station": ("Station", "Property", "Call Letters", "Stations", "Station Name"),
    "product": ("Product", "Product Desc", "Product Description", "Brand", "Product Name"),
    "estimate": ("Estimate #", "Est #", "Estimate", "Agency Estimate #", "Est. No."),
    "flight": ("Contract Dates", "Flight Dates", "Flight", "Schedule Dates", "Order Flight", "Start/End Dates", "Campaign Dates", "Air Dates"),
    "start": ("Start Date", "Flight Start", "Contract Start", "Begin Date"), "end": ("End Date", "Flight End", "Contract End", "Ending Date"),
    "calendar": ("Billing Calendar", "Calendar", "Bill Calendar"), "entered": ("Date Entered", "Order Date", "Original Date / Revision", "Entered"),
    "alternate": ("Alt Order #", "External #", "Rep Order #", "Agency Order #", "Alternate Order #"),
    "gross": ("Gross Total", "Total Gross", "Gross Amount", "Grand Total", "Order Total", "Total", "Contract Total", "Total $", "Totals", "Total Cost", "Gross Billing"),
    "commission": ("Agency Commission", "Agency Comm.", "Commission", "Less Agency Commission"), "net": ("Net Total", "Net Amount Due", "Total Net", "Net Amount", "Net Due", "Net"),
}  # fmt: skip
OTHERS = (("Salesperson", "House/National"), ("Account Executive", "Terry Blum"), ("Sales Office", "Chicago"), ("Demo", "A35+"), ("Order Type", "Normal"), ("Cash/Trade", "Cash"),
          ("Print Date", "10/18/17 11:02:44"), ("Primary Demo", "RA35+"), ("Sales Region", "National"), ("Priority", "P-04"), ("Billing Type", "Weekly"), ("Co-op", "No"),
          ("Package Deal", ""), ("Buyer", "Sam Roe"), ("Phone/Fax", "(312) 555-0111"), ("Special Handling", ""), ("Revenue Code 1", "NAT"), ("Market", "Tulsa"))  # fmt: skip
DATES = ("%m/%d/%y", "%m/%d/%Y", "%b %d, %Y", "%-m/%-d/%Y", "%d-%b-%y")
EMPTY = ("Special Handling", "Revision", "Package Deal", "Sales Tax", "Comments", "Alt Order #", "Estimate #", "Product", "Billing Contact")
PROSE = ("This station does not discriminate in advertising on the basis of race or ethnicity.", "All orders are subject to credit approval and prior sale.",
         "Printed by the traffic system. Page 1 of 1", "Make goods will be scheduled within the flight where possible.")  # fmt: skip


def page(chance: random.Random, facts: Facts) -> tuple[Leaf, ...]:
    """The order on one page or several, as the reader gets it; a third of them as scans whose words stand alone."""
    pages = picture(chance, facts)
    scanned = chance.random() < 0.33
    return tuple(leaf(lines, number, scanned) for number, lines in enumerate(pages, 1))


def leaf(lines: list[str], number: int, scanned: bool) -> Leaf:
    """One page of text as rows of chunks."""
    words, run = [], 0
    for at, line in enumerate(lines):
        for piece in PIECE.finditer(line):
            run += 1
            for word in re.finditer(r"\S+", piece[0]):
                run += scanned
                x = 30 + (piece.start() + word.start()) * WIDE
                words.append(glyphs.Word(word[0], x, 30 + at * HIGH, x + len(word[0]) * WIDE - 0.4, 30 + at * HIGH + LETTER, run))
    width = max((len(line) for line in lines), default=1) * WIDE + 60
    return rows.leaf_of(words, glyphs.Frame(0.0, 0.0, width, len(lines) * HIGH + 60, 0), number)


def picture(chance: random.Random, facts: Facts) -> list[list[str]]:
    """Pages of lines of text."""
    form = chance.choice(DATES)
    head = header(chance, pairs(chance, facts, form), chance.choice(("beside", "beside", "above")))
    table = grid(chance, facts, form)
    foot = totals(chance, facts)
    if chance.random() < 0.4:
        foot = [*months(chance, facts), "", *foot] if chance.random() < 0.6 else [*foot, "", *months(chance, facts)]
    title = chance.choice(("CONTRACT", "ORDER", "INVOICE", "Order Confirmation", "")) if chance.random() < 0.8 else ""
    top = [f"{facts.station:<44}{title}", *(["12 River Road", "Tulsa, OK 74103"] if chance.random() < 0.6 else []), ""]
    whole = [*top, *head, "", *table, "", *foot, "", *([chance.choice(PROSE)] if chance.random() < 0.6 else [])]
    if chance.random() < 0.3:
        whole = [*top, *foot, "", *head, "", *table, "", chance.choice(PROSE)]
    cut = chance.randrange(len(top) + len(head), len(whole)) if chance.random() < 0.2 else len(whole)
    return [part for part in (whole[:cut], whole[cut:]) if any(line.strip() for line in part)]


def pairs(chance: random.Random, facts: Facts, form: str) -> list[tuple[str, str]]:
    """Labels and values in an order of their own, with others among them that are no fact of ours."""
    def said(name: str, value: str) -> tuple[str, str]:
        return chance.choice(LABELS[name]), value

    number = said("contract", facts.contract)
    if "/" in number[0]:
        number = (number[0], f"{facts.contract} / {facts.revision}")
    days = (day(facts.start, form), day(facts.end, form))
    flight = [said("flight", f"{days[0]} - {days[1]}")] if chance.random() < 0.7 else [said("start", days[0]), said("end", days[1])]
    serial = f" ({chance.randrange(1000, 99999)})" if chance.random() < 0.2 else ""
    found = [number, said("advertiser", facts.advertiser + serial), said("agency", facts.agency), *flight]
    for name, value, share in (("station", facts.station, 0.6), ("product", facts.product, 0.7), ("estimate", facts.estimate, 0.6), ("entered", day(facts.entered, form), 0.6),
                               ("calendar", "Broadcast" if facts.broadcast_calendar else "Calendar", 0.4), ("alternate", facts.alternate, 0.5)):  # fmt: skip
        if chance.random() < share:
            found.append(said(name, value))
    found += chance.sample(OTHERS, chance.randrange(0, 8)) + chance.sample(misleading(chance, facts, form), chance.choice((0, 0, 1, 2, 4)))
    chance.shuffle(found)
    return found


def misleading(chance: random.Random, facts: Facts, form: str) -> list[tuple[str, str]]:
    """Facts of other things that are easily taken for the order's own, and labels with nothing behind them."""
    month = facts.start.replace(day=1)
    return [("Invoice Period", f"{day(month, form)} - {day(facts.end, form)}"), ("Invoice Date", day(facts.end, form)), ("Print Date", day(facts.entered, form)),
            ("Previous Contract Total", f"${money(facts.gross + 500)}"), ("Prior Contract #", str(chance.randrange(10**5, 10**6))), ("Agency Code", str(chance.randrange(100, 9999))),
            ("Advertiser Code", str(chance.randrange(100, 9999))), ("Product Code", "PL-" + str(chance.randrange(10, 99))), ("Deal #", str(chance.randrange(1000, 99999))),
            ("Market Value", f"${money(facts.gross * 3)}"), ("Competitive Share", "40%"), ("Buyer Email", "buyer@example.test"), ("Advertiser Ref", str(chance.randrange(1000, 9999))),
            ("Revision Date", day(facts.entered, form)), ("Station Phone", "(312) 555-0199"), ("Total Spots", str(sum(line.spots for line in facts.lines))),
            ("Total GRPs", "88.1"), ("CPP", "$143.02"), *((label, "") for label in chance.sample(EMPTY, 3))]  # fmt: skip


def header(chance: random.Random, found: list[tuple[str, str]], how: str) -> list[str]:
    """The pairs in one to three columns."""
    columns = chance.choice((1, 2, 2, 3))
    rows_of = [found[at:at + columns] for at in range(0, len(found), columns)]
    mark = chance.choice((":", ":", ""))
    wide = max(len(value) for _, value in found) + 3
    if how == "above":
        wide = max(wide, max(len(label) for label, _ in found) + 3)
        return [line for row in rows_of for line in ("".join(f"{label + mark:<{wide}}" for label, _ in row), "".join(f"{value:<{wide}}" for _, value in row), "")]
    labels = max(len(label) for label, _ in found) + 3
    tight = chance.random() < 0.4
    if tight:
        return ["".join(f"{label}: {value}".ljust(labels + wide) for label, value in row) for row in rows_of]
    return ["".join(f"{label + mark:<{labels}}{value:<{wide}}" for label, value in row) for row in rows_of]


def grid(chance: random.Random, facts: Facts, form: str) -> list[str]:
    """The table of lines with some of its columns, sometimes a row of totals under it."""
    columns = [(name, how) for name, how, share in COLUMNS if chance.random() < share]
    texts = [[chance.choice(name) for name, _ in columns], *([how(line, form) for _, how in columns] for line in facts.lines)]
    wide = [max(len(row[at]) for row in texts) + 3 for at in range(len(columns))]
    drawn = ["".join(f"{text:<{width}}" for text, width in zip(row, wide, strict=True)) for row in texts]
    return drawn + ([f"Totals{money(facts.gross):>{sum(wide) - 9}}"] if chance.random() < 0.4 else [])


def totals(chance: random.Random, facts: Facts) -> list[str]:
    """Gross alone, or gross with commission and net."""
    said = [(chance.choice(LABELS["gross"]), facts.gross)]
    if chance.random() < 0.65:
        said += [(chance.choice(LABELS["commission"]), facts.commission), (chance.choice(LABELS["net"]), facts.gross - facts.commission)]
    if chance.random() < 0.25:
        return ["".join(f"{label:<26}" for label, _ in said), "".join(f"{'$' + money(value):<26}" for _, value in said)]
    indent, sign = " " * chance.choice((0, 20, 50)), chance.choice(("$", "$", ""))
    return [f"{indent}{label + ':':<28}{sign}{money(value)}" for label, value in said]


def months(chance: random.Random, facts: Facts) -> list[str]:
    """The gross split over months or weeks, with or without the row that sums it."""
    first = (facts.gross * chance.randrange(1, 9) / 10).quantize(Decimal("0.01"))
    parts, name = [first, facts.gross - first], chance.choice(("Month", "Broadcast Month", "Week of"))
    cells = [[name, "Spots", "Gross"], *([f"{label} {facts.start.year}", str(spots), "$" + money(part)] for label, spots, part in zip(("May", "June"), (3, 4), parts, strict=True))]
    cells += [[chance.choice(("Total", "Totals", "Grand Total:")), "7", "$" + money(facts.gross)]] if chance.random() < 0.7 else []
    return ["".join(f"{text:<20}" for text in row) for row in cells]


def day(value: date, form: str) -> str:
    return value.strftime(form)


def money(value: Decimal) -> str:
    return f"{value:,.2f}"


def dated(line: Line, form: str) -> str:
    return f"{day(line.start, form)}-{day(line.end, form)}" if "," not in form else f"{day(line.start, form)} - {day(line.end, form)}"


COLUMNS = (
    (("Line", "Ln", "#"), lambda line, form: str(line.number), 0.9), (("Start Date", "Start"), lambda line, form: day(line.start, form), 0.6),
    (("End Date", "End"), lambda line, form: day(line.end, form), 0.6), (("Program", "Description", "Programming"), lambda line, form: line.show, 0.85),
    (("Time", "Daypart", "Start/End Time"), lambda line, form: line.time, 0.85), (("Len", "Length"), lambda line, form: f":{line.length_s}", 0.9),
    (("Spots", "Qty", "Total Spots"), lambda line, form: str(line.spots), 0.95), (("Rate", "Unit Cost", "Spot Rate"), lambda line, form: "$" + money(line.rate), 1.0),
    (("Amount", "Total", "Cost"), lambda line, form: "$" + money(line.amount), 0.9),
)  # fmt: skip
