"""What a client is told about a file: the findings as sentences, worst first. Words only; nothing is judged here."""

from collections.abc import Iterable, Mapping

from makegood.engine.specs import landing, running, wrappers
from makegood.engine.specs.rules import RULES

WAY = {"https": "Wrapped tag is secure", "loop": "Wrappers end", "answer": "Wrapped tag answers", "depth": "Wrappers"}
CODE = running.TITLES | landing.TITLES | {f"run_wrapper_{rule}": words for rule, words in WAY.items()}
HEADS = {
    "fail": "This file cannot run yet.",
    "warn": "This file can run; better with these changes.",
    "pass": "This file meets the spec.",
}


def title(rule: str) -> str:
    """A rule's name as people read it."""
    if rule.startswith(wrappers.OF_END):
        return f"{title(rule.removeprefix(wrappers.OF_END))}, wrapped tag"
    if rule in CODE:
        return CODE[rule]
    return RULES[rule].title if rule in RULES else rule.replace(".", " ").replace("_", " ").capitalize()


def compose(verdict: str, findings: Iterable[Mapping[str, str]]) -> str:
    """One line a thing to change, numbered: what was found, what is needed, how to get there."""
    return "\n".join([HEADS[verdict], listed(findings)]).strip()


def listed(findings: Iterable[Mapping[str, str]]) -> str:
    """The numbered lines alone."""
    lines = []
    for number, finding in enumerate((one for one in findings if one["severity"] != "info"), 1):
        needed = f", needed {finding['required']}" if finding["required"] else ""
        lines.append(f"{number}. {title(finding['rule'])}: found {finding['found']}{needed}. {finding['fix']}".strip())
    return "\n".join(lines)
