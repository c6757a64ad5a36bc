"""A read document in the form the command line prints: plain values first, the evidence for each beside them."""

from typing import Any

from makegood.documents import orders
from makegood.documents.orders import OrderDocument
from makegood.documents.orders.messages import Field, plain

ALWAYS = (
    "contract_number", "revision", "advertiser", "agency", "product", "estimate_number", "gross_amount", "commission_amount", "net_amount", "currency",
    "flight_start", "flight_end", "billing_calendar",
)  # fmt: skip
ALMOST = 0.999


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
    """For people: facts with place, confidence and why; lines in a row each with what to look at; problems last."""
    head, found = result["document"], result["evidence"]
    scanned = f", {head['recognised']} {'page' if head['recognised'] == 1 else 'pages'} recognised from the picture" if head.get("recognised") else ""
    rows = [f"{head['name']}: {head['layout']}{scanned}"]
    rows += [_fact(name, value, found["fields"][name]) for name, value in result["fields"].items() if name in found["fields"]]
    rows += [_line(line, seen) for line, seen in zip(result["lines"], found["lines"], strict=True)]
    for problem in result["problems"]:
        place = f" ({problem['place']['text']})" if problem["place"] else ""
        rows.append(f"  {problem['severity']}: {problem['message']}{place}; {problem['remedy']}")
    return "\n".join(rows)


def _fact(name: str, value: object, seen: dict[str, Any]) -> str:
    """One fact and, under it, where it stands and why it is as sure as it is."""
    sure = f"{min(seen['confidence'], ALMOST):.1%}"  # nothing read is wholly certain
    reasons = [*([seen["place"]] if seen["place"] else []), *seen["why"]]
    return f"  {name.replace('_', ' '):<20} {value}{'' if seen['passes'] else '   ← look at this'}\n{'':<23}{sure:>5}  {', '.join(reasons)}".rstrip()


def _line(line: dict[str, Any], seen: dict[str, Any]) -> str:
    """One line in a row, with the names of the cells that are to be looked at; where they stand is in the JSON."""
    doubted = [name.replace("_", " ") for name, one in seen.items() if one["place"] and not one["passes"]]
    said = "  ".join(str(value) for name, value in line.items() if name not in {"number", "line_number"})
    return f"  line {line['number']:>3}  {said}" + (f"   ← look at {', '.join(doubted)}" if doubted else "")


def _evidence(field: Field) -> dict[str, Any]:
    return {"text": field.text, "place": str(field.place) if field.place else "", "at": plain(field.place), "confidence": round(field.confidence, 3), "passes": orders.passes(field.confidence), "why": list(field.why)}
