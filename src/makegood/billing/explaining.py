"""How a billed figure came about: the funnel from gross count to billable, and the same bill under other terms."""

from typing import Any

from makegood.billing import computing

REASONS = {
    "bad_signature": "forged beacon", "duplicate": "same event twice", "expired_signature": "beacon expired", "self_test": "our own tests",
    "prefetch": "fetched ahead, never shown", "known_bot": "known robots", "data_centre": "data-centre traffic",
}  # fmt: skip
CAPS = {
    "cumulative": "Capped at the goal", "cumulative_per_cycle": "Capped at the goal to date",
    "per_cycle": "Capped at each period's goal", "none": "No cap",
}  # fmt: skip


def line(computed: computing.Computed, inputs: dict[str, Any]) -> dict[str, Any]:
    """JSON of the explanation: `steps` [{label, units, total}], `sentence`, `alternates` [{name, amount, difference}]."""
    assert computed.bill is not None
    return {"steps": _steps(computed), "sentence": computed.bill.explanation}


def alternates(inputs: dict[str, Any]) -> list[dict[str, Any]]:
    """The same bill under every other cap and as contracted, each with its difference; the signed one first."""
    signed = inputs["lines"][0]["terms"] if inputs["lines"] else {"cap": "none", "source": "delivered"}
    own = computing.compute(inputs)
    name = "Contracted amount" if signed["source"] == "contracted" else CAPS[signed["cap"]]
    rows = [{"name": name, "bill": own, "signed": True}]
    if signed["source"] != "contracted":
        rows += [{"name": CAPS[cap], "bill": computing.compute(inputs, cap=cap), "signed": False} for cap in CAPS if cap != signed["cap"]]
        contracted = {"source": "contracted", "schedule": "end" if signed["schedule"] == "end" else "monthly"}
        rows.append({"name": "Contracted amount", "bill": computing.compute(inputs, **contracted), "signed": False})
    return [row | {"gross": row["bill"].gross, "difference": row["bill"].gross - own.gross} for row in rows]


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
