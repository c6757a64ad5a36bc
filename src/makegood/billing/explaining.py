"""How a billed figure came about: the funnel from gross count to billable, and the same bill under other terms."""

from typing import Any

from makegood.billing import computing

REASONS = {
    "bad_signature": "forged beacon", "duplicate": "same event twice", "expired_signature": "beacon expired", "self_test": "our own tests",
    "prefetch": "fetched ahead, never shown", "zero_size": "shown at no size", "fast_click": "clicked faster than a person can",
    "impossible_rate": "more a minute than a person can see", "known_bot": "known robots", "data_centre": "data-centre traffic",
}  # fmt: skip
CAPS = {
    "cumulative": "Capped at the goal", "cumulative_per_cycle": "Capped at the goal to date",
    "per_cycle": "Capped at each period's goal", "none": "No cap",
}  # fmt: skip
CONTRACTED = "Contracted amount"


def line(computed: computing.Computed) -> dict[str, Any]:
    """JSON of the explanation: `steps` [{label, units, total}] and the `sentence`."""
    assert computed.bill is not None
    return {"steps": _steps(computed), "sentence": computed.bill.explanation}


def alternates(inputs: dict[str, Any]) -> list[dict[str, Any]]:
    """The same bill under other terms, each with its difference; the signed one first, then by amount.

    Rows are {name, bill, signed, gross, difference}; `difference` is against the signed one.
    """
    signed = inputs["lines"][0]["terms"] if inputs["lines"] else {"cap": "none", "source": "delivered", "schedule": "monthly"}
    own = computing.compute(inputs)
    rows = [{"name": _name(signed), "bill": own, "signed": True}]
    rows += [{"name": name, "bill": computing.compute(inputs, **changes), "signed": False} for name, changes in _others(signed)]
    told = [row | {"gross": row["bill"].gross, "difference": row["bill"].gross - own.gross} for row in rows]
    return [told[0], *sorted(told[1:], key=lambda row: (row["gross"], row["name"]))]


def _name(signed: dict[str, Any]) -> str:
    return CONTRACTED if signed["source"] == "contracted" else CAPS[signed["cap"]]


def _others(signed: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """Names and changes of terms. Only the first row of the list is what the client signed."""
    schedule = {"schedule": "end" if signed["schedule"] == "end" else "monthly"}
    if signed["source"] == "contracted":
        return [(f"Our counts, {CAPS[cap].lower()}", {"source": "delivered", "cap": cap, **schedule}) for cap in ("cumulative", "none")]
    rows = [(CAPS[cap], {"cap": cap}) for cap in CAPS if cap != signed["cap"]]
    if signed["source"] == "third_party":
        rows.append(("Our counts, same cap", {"source": "delivered"}))
    return [*rows, (CONTRACTED, {"source": "contracted", **schedule})]


def _steps(computed: computing.Computed) -> list[dict[str, Any]]:
    """From what we counted to what is billed; each total equals the one before it plus the steps between."""
    assert computed.bill is not None
    if not computed.data["terms"]["counts_impressions"]:
        return []
    count, billed = computed.count, computed.bill.units
    steps: list[dict[str, Any]] = [{"label": "We counted, gross", "units": count["gross"], "total": True}]
    steps += [{"label": REASONS.get(reason, reason), "units": -units, "total": False} for reason, units in count["filtered"]]
    steps.append({"label": "Ours, net", "units": count["net"], "total": True})
    running = count["net"]
    if computed.data["terms"]["source"] == "third_party" and count.get("third_party") is not None:
        other = count["third_party"]
        words = "third party counts fewer" if other < running else "third party counts more"
        steps += [{"label": words, "units": other - running, "total": False}, {"label": "Third party", "units": other, "total": True}]
        running = other
    if computed.data["terms"]["source"] == "contracted":
        steps.append({"label": "billed as contracted, whatever was counted", "units": billed - running, "total": False})
    elif billed != running:
        words = "over what the cap lets bill" if billed < running else "caught up from earlier periods"
        steps.append({"label": words, "units": billed - running, "total": False})
    return [*steps, {"label": "Billable", "units": billed, "total": True}]
