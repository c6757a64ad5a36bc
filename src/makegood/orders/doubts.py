"""What is wrong with an import as corrected: the reader's checks anew, our own net, another order of the same number."""

from decimal import Decimal

from makegood.documents.orders import checks
from makegood.documents.orders.messages import Field, OrderLine, Problem, Severity
from makegood.engine.money import minor
from makegood.orders import reading
from makegood.orders.models import Order, OrderImport

MISREAD = frozenset({"impossible_date", "ambiguous_dates", "unread_cell", "row_left_out", "table_left_out", "another_contract"})  # seen only while reading


def rechecked(received: OrderImport, fields: dict[str, Field], lines: tuple[OrderLine, ...], summary: bool) -> list[Problem]:
    """Every problem of the corrected document; with one line for all, those of single lines no longer matter."""
    misread = tuple(
        one for one in reading.problems(received.document)
        if one.code in MISREAD and reading.place_of(one) not in received.fixes and not (summary and one.line)
        and received.fixes.get(f"line:{one.line}") is None
    )  # fmt: skip
    found = checks.problems(fields, lines, received.document["document"]["layout"] == "broadcast", misread, reading.place(received.document["document"].get("extent")))
    return [one for one in found if not (summary and one.code == "no_lines")]


def net_differs(fields: dict[str, Field], net: Decimal, currency: str) -> list[Problem]:
    """The net our arithmetic gives is not the one the document says."""
    said = fields.get("net_amount")
    tax = fields.get("tax_amount")
    if said is None or not isinstance(said.value, Decimal):
        return []
    allowed = [said.value, said.value - tax.value] if tax and isinstance(tax.value, Decimal) else [said.value]
    if any(abs(net - one) <= 2 * minor(currency) for one in allowed):
        return []
    message = f"the order's net would be {net:,f}, the document says {said.value:,f}"
    return [Problem(Severity.ERROR, "net_differs", message, "correct the commission, the net or a line", said.place, None, "net_amount")]


def already_ordered(received: OrderImport, fields: dict[str, Field]) -> list[Problem]:
    """Another document of the same number and advertiser became an order: this may be its revision."""
    number = fields.get("contract_number")
    if number is None or not number.value or received.advertiser_id is None:
        return []
    rows = Order.objects.filter(external_number=str(number.value), advertiser_id=received.advertiser_id)
    other = rows.exclude(status="cancelled").exclude(pk=received.order_id).first()
    if other is None:
        return []
    message = f"{other.number} already has the number {number.value} of {other.advertiser}"
    return [Problem(Severity.ERROR, "already_ordered", message, f"change {other.number}, or accept it as another order", number.place, None, "contract_number")]
