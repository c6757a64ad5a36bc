"""A read document in the form the command line prints: plain values first, the evidence for each beside them."""

from typing import Any

from makegood.documents import orders
from makegood.documents.orders import OrderDocument
from makegood.documents.orders.messages import Field, plain

ALWAYS = (
    "contract_number", "revision", "advertiser", "agency", "product", "estimate_number", "gross_amount", "commission_amount", "net_amount", "currency",
    "flight_start", "flight_end", "billing_calendar",
)  # fmt: skip


def plainly(document: OrderDocument) -> dict[str, Any]:
    """`fields` {name: value}, `lines` [{number, name: value …}], `problems` each with its place; `evidence` says where from and how sure;
    `look` names the fields that are not sure enough to pass unseen.

    Dates are ISO dates, amounts decimal strings; what the document does not say of the usual fields is null.
    """
    whole = document.to_json()
    return {
        "document": whole["document"],
        "fields": dict.fromkeys(ALWAYS) | {name: plain(field.value) for name, field in document.fields.items()},
        "lines": [{"number": line.number} | {name: plain(field.value) for name, field in line.fields.items()} for line in document.lines],
        "problems": whole["problems"],
        "look": [name for name, field in document.fields.items() if not orders.passes(field.confidence)],
        "evidence": {
            "fields": {name: _evidence(field) for name, field in document.fields.items()},
            "lines": [{name: _evidence(field) for name, field in line.fields.items()} for line in document.lines],
        },
    }  # fmt: skip


def as_text(result: dict[str, Any]) -> str:
    """For people: facts with their places, lines in a row each, problems last."""
    places = result["evidence"]["fields"]
    rows = [f"{result['document']['name']}: {result['document']['layout']}"]
    rows += [f"  {name.replace('_', ' '):<20} {value}   ({places[name]['place']}){'' if places[name]['passes'] else '   look at this'}" for name, value in result["fields"].items() if name in places]
    rows += [f"  line {line['number']:>3}  " + "  ".join(str(value) for name, value in line.items() if name != "number") for line in result["lines"]]
    for problem in result["problems"]:
        place = f" ({problem['place']['text']})" if problem["place"] else ""
        rows.append(f"  {problem['severity']}: {problem['message']}{place}; {problem['remedy']}")
    return "\n".join(rows)


def _evidence(field: Field) -> dict[str, Any]:
    return {"text": field.text, "place": str(field.place) if field.place else "", "at": plain(field.place), "confidence": round(field.confidence, 3), "passes": orders.passes(field.confidence)}
