"""The errors people see. Each says what, where and what to do; nothing has changed when one is raised."""


class Refused(Exception):
    """An action was refused. `message` says what is wrong, `place` where, `remedy` what to do and who can."""

    status = 409

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.place, self.remedy = message, place, remedy

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.message}" + (f" {self.remedy}" if self.remedy else "")


class NotAllowed(Refused):
    """The actor may not do this; the remedy names who may."""

    status = 403


class Invalid(Refused):
    """Input that cannot be accepted, at a named place."""

    status = 422


class IllegalMove(Refused):
    """A status change the record's state machine does not have."""
