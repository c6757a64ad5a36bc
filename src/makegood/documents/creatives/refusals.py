"""The named refusal of a creative file that cannot be read or may not be opened.
Each names the place and the remedy; what a readable file does wrong is a finding, not a refusal.
"""

from __future__ import annotations


class UnreadableCreative(Exception):
    """A file refused: ``rule`` is its stable name, ``reason`` a sentence, ``where`` the place, ``remedy`` what to do."""

    def __init__(self, reason: str, where: str, remedy: str, *, rule: str = "file.unreadable") -> None:
        super().__init__(f"{where}: {reason} {remedy}")
        self.rule, self.reason, self.where, self.remedy = rule, reason, where, remedy

    def to_json(self) -> dict[str, str]:
        """The refusal as plain values, for the child process's answer."""
        return {"rule": self.rule, "reason": self.reason, "where": self.where, "remedy": self.remedy}
