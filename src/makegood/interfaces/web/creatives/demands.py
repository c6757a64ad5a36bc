"""What a form says of a profile's demands, read into requirements: one row a demand, a value in the words of its kind."""

import json
from collections.abc import Mapping
from typing import Any

from makegood.core.errors import Invalid
from makegood.engine.specs import registry
from makegood.engine.specs.profile import Profile, Requirement
from makegood.engine.specs.rules import RULES

ADDED, DROPPED = "new", "drop"
"""How the form names a demand more, and says in the place of a severity that one is no longer asked."""


def written(value: Any) -> str:
    """A value as a person writes it: a number, words parted by commas, yes, or JSON for a table."""
    if value is True:
        return "yes"
    if _is_row(value):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value)


def read(profile: Profile, sent: Mapping[str, str]) -> list[Requirement]:
    """The demands as wanted: those of the profile as changed, without the dropped ones, and the added one. What is not sent stays.

    Raises Invalid at the first value that cannot be read.
    """
    kept = [_changed(need, str(place), sent) for place, need in enumerate(profile.requirements) if sent.get(f"{place}-severity") != DROPPED]
    return [*kept, *_added(sent)]


def _changed(need: Requirement, place: str, sent: Mapping[str, str]) -> Requirement:
    now = {"value": written(need.value), "severity": need.severity, "source": need.source, "dated": need.dated}
    given = {name: sent.get(f"{place}-{name}", old).strip() for name, old in now.items()}
    if given == now:
        return need
    changed = need.value if given["value"] == now["value"] else value(need.rule, given["value"], need.value)
    return Requirement(need.rule, changed, given["severity"], given["source"], given["dated"], need.rivals)


def _added(sent: Mapping[str, str]) -> list[Requirement]:
    rule = sent.get(f"{ADDED}-rule", "")
    if not rule:
        return []
    model = registry.example(rule)
    if model is None:
        raise Invalid(f"there is no rule {rule}.", place="new demand", remedy="Take one of the list.")
    text = sent.get(f"{ADDED}-value", "").strip()
    return [Requirement(rule, value(rule, text, model.value), sent.get(f"{ADDED}-severity", ""), sent.get(f"{ADDED}-source", "").strip(), "")]


def value(rule: str, text: str, model: Any) -> Any:
    """The value a person wrote, of the kind of `model`."""
    try:
        if isinstance(model, bool):
            return {"yes": True}[text.lower()]
        if isinstance(model, int | float):
            return _number(text)
        if isinstance(model, str):
            return text
        if _is_row(model):
            parts = [part.strip() for part in text.split(",") if part.strip()]
            return [_number(part) for part in parts] if model and isinstance(model[0], int | float) else parts
        return json.loads(text)
    except (ValueError, KeyError) as wrong:
        title = RULES[rule].title
        raise Invalid(f"{text!r} is not what this rule takes.", place=title, remedy=f"Write it like: {written(model)}.") from wrong


def _is_row(value: Any) -> bool:
    """Whether it is a list of texts or numbers, which is written with commas."""
    return isinstance(value, list | tuple) and all(isinstance(one, str | int | float) for one in value)


def _number(text: str) -> int | float:
    plain = text.replace(",", "").replace(" ", "")
    return float(plain) if "." in plain else int(plain)
