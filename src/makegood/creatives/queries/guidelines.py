"""Which guidelines bear on a creative: those in force for its category or for all, those whose words or domains it uses first.

Words and domains order and flag; they decide nothing.
"""

import dataclasses
import datetime
from urllib.parse import urlsplit

from makegood.catalog.models import Guideline
from makegood.creatives import policy
from makegood.creatives.models import Version
from makegood.creatives.queries import words


@dataclasses.dataclass(frozen=True)
class Hint:
    """What makes a rule worth a look: the category declared, words found, a domain of its list."""

    kind: str
    found: str

    def __str__(self) -> str:
        return f"{self.kind} {self.found}"


def fitting(version: Version, *, on: datetime.date, limit: int = 12) -> list[Guideline]:
    """The newest version in force of each guideline that applies, the likeliest first."""
    found = [rule for rule in policy.rules_on(on) if policy.applies(rule, version.creative)]
    return sorted(found, key=lambda one: (-len(hints(one, version)), one.category == "", one.code))[:limit]


def hints(rule: Guideline, version: Version) -> list[Hint]:
    """Everything of a creative that points to a rule, for the reviewer to judge."""
    said, host = words.text(version), (urlsplit(version.creative.click_url).hostname or "").lower()
    found = [Hint("category", rule.category)] if rule.category and rule.category.lower() == policy.category(version.creative).lower() else []
    found += [Hint("words", hint) for hint in rule.hints if hint.lower() in said]
    return found + [Hint("domain", one) for one in rule.domains if host == one.lower() or host.endswith("." + one.lower())]


def draft(version: Version) -> str:
    """A first text for the client from what the checks found, empty when they found nothing; the reviewer edits it."""
    fixes = [
        finding["fix"] for finding in version.findings if finding["severity"] in ("block", "warn") and finding["fix"]
    ]
    return " ".join(fixes)
