"""The life of a case, from the first word to the named cause."""

import datetime
from decimal import Decimal

from django.db import models

from makegood.core import activity, numbers, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.work.models import Case
from makegood.work.models.subject import about

CLOCK = {  # hours to resolution; data of the seller's service promise
    Case.Severity.HIGH: 8,
    Case.Severity.NORMAL: 24,
    Case.Severity.LOW: 72,
}


@verbs.whole
def open(
    subject: models.Model, *, kind: str, title: str, owner: Person, by: Person | None, at: datetime.datetime, detail: str = "",
    severity: str = "normal", amount: Decimal | None = None, currency: str = "",
) -> Case:  # fmt: skip
    """A new numbered case about `subject`, with an owner and a clock by severity."""
    permissions.check(by, "work.cases.open", subject)
    if kind not in Case.Kind.values or severity not in Case.Severity.values:
        raise Invalid(f"unknown kind or severity: {kind}, {severity}.", place="case", remedy="Choose one of the list.")
    case = Case.objects.create(
        number=numbers.take("case"), kind=kind, title=title, detail=detail, severity=severity, owner=owner, opened_by=by,
        opened_at=at, due_at=at + datetime.timedelta(hours=CLOCK[Case.Severity(severity)]), amount=amount, currency=currency,
        **about(subject),
    )  # fmt: skip
    return transitions.start(case, by=by, at=at, visible_to_client=True)


def wait(case: Case, *, by: Person | None, at: datetime.datetime, why: str) -> Case:
    """The client owes an answer; `why` says which."""
    permissions.check(by, "work.cases.work", case)
    return transitions.move(case, "waiting", by=by, at=at, why=why, visible_to_client=True)


def resume(case: Case, *, by: Person | None, at: datetime.datetime, why: str = "") -> Case:
    """Ours again: answered, or reopened."""
    permissions.check(by, "work.cases.work", case)
    return transitions.move(case, "open", by=by, at=at, why=why, resolved_at=None)


def resolve(case: Case, *, cause: str, resolution: str, by: Person | None, at: datetime.datetime) -> Case:
    """Solved, with the cause (counted in the process analysis) and what was done."""
    permissions.check(by, "work.cases.work", case)
    if not cause.strip() or not resolution.strip():
        raise Invalid("a case is resolved with its cause and what was done.", place=str(case), remedy="Fill in both.")
    return transitions.move(
        case, "resolved", by=by, at=at, why=resolution, visible_to_client=True, cause=cause, resolution=resolution, resolved_at=at
    )


def close(case: Case, *, by: Person | None, at: datetime.datetime) -> Case:
    """Final."""
    permissions.check(by, "work.cases.work", case)
    return transitions.move(case, "closed", by=by, at=at)


def assign(case: Case, to: Person, *, by: Person, at: datetime.datetime, note: str) -> Case:
    """Another owner, with a note."""
    permissions.check(by, "work.cases.work", case)
    activity.change(case, "case.assigned", by=by, at=at, why=note, owner=to)
    return case
