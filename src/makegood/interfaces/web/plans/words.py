"""What the planner says as sentences: bounds, reasons for leaving out, alternatives, levels of history. Words only."""

from makegood.interfaces.web import formats

ALTERNATIVES = {
    "best": ("The plan", "Most of what the brief asks for"),
    "safer": ("Safer", "Promises no more than is there nine times in ten"),
    "wider": ("Wider", "As many people as can be, less often"),
    "deeper": ("Deeper", "As many contacts as can be"),
    "cheaper": ("Cheaper", "A fifth less money"),
    "spread": ("Spread", "No product has more than 30 % of the money"),
    "without": ("Without the largest", "The largest product is not used"),
}
BOUNDS = {
    "wanted": "The brief asks for it; it is as small as a line may be.",
    "locked": "Locked: solving again keeps it.",
    "free": "All that is free of it is in the plan.",
    "most": "It is at the most it may have.",
    "shared": "What it shares with another line is used up.",
    "frequency": "More would meet the same people too often.",
    "budget": "The next unit of money does as much elsewhere.",
}
OUT = {
    "price": "brings less for the money",
    "free": "too little is free",
    "lines": "the plan has its lines",
    "shared": "its inventory is in another line",
    "frequency": "would meet the same people too often",
    "least": "its smallest line does not fit what is left",
}
LEVELS = {"client": "of this client", "category": "of the category", "product": "of the product", "format": "of the format", "assumption": "", "": ""}
UNITS = {
    "impressions": "impressions", "viewable": "viewable impressions", "reach": "people reached", "clicks": "clicks", "completes": "completed views",
    "conversions": "conversions", "sales": "of sales",
}  # fmt: skip


def bound(key: str, rules: dict[str, str]) -> str:
    """What keeps a line from being larger."""
    return BOUNDS.get(key) or f"The rule holds it: {rules.get(key, key)}."


def out(key: str, rules: dict[str, str]) -> str:
    """Why a product is not in the plan."""
    return OUT.get(key) or f"the rule holds it back: {rules.get(key, key)}"


def learnt(one: dict[str, object]) -> str:
    """What a rate was learnt from: 'from 12 lines of this client, 3.1M impressions'."""
    level = LEVELS.get(str(one["level"]), "")
    if not one["lines"]:
        return "by definition" if not one["level"] else "an assumption: no line has run yet"
    return f"from {one['lines']} line{'' if one['lines'] == 1 else 's'} {level}, {formats.compact(one['trials'])} trials"


def outcome(value: float, kpi: str, currency: str) -> str:
    """An outcome in its unit; money for sales."""
    return formats.money(value, currency, decimals=0) if kpi == "sales" else formats.integer(value)
