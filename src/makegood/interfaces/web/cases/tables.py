"""The list of cases."""

from typing import Any

from makegood.core import queries
from makegood.core.models import Person
from makegood.interfaces.web import links
from makegood.interfaces.web.components import Empty
from makegood.interfaces.web.grid import Column, Grid
from makegood.interfaces.web.grid.definition import Button
from makegood.work import queries as work
from makegood.work import states
from makegood.work.models import Case

NEW = f"{links.page('cases')}open/"


def _people(actor: Person) -> list[tuple[int, str]]:
    return [(person.pk, person.name) for person in queries.staff()]


def _due(case: Any) -> Any:
    """The clock runs only while it is ours."""
    return case.due_at if case.status == "open" else None


CASES = Grid(
    key="cases",
    title="Cases",
    rows=work.case_list,
    columns=(
        Column("number", "No", "int", width=64),
        Column("title", "Case", second="subject_label", width=320, strong=True),
        Column("kind", "Kind", "badge", source="get_kind_display", field="kind", choices=Case.Kind.choices, filterable=True, live=()),
        Column("severity", "Severity", "badge", source="get_severity_display", field="severity", choices=Case.Severity.choices, filterable=True, live=()),
        Column("status", "Status", "badge", choices=states.CaseStatus.choices, filterable=True, live=("open",)),
        Column("due", "Clock", "due", source=_due, field="due_at", filterable=True),
        Column("owner", "Owner", "person", filterable=True, choices=_people, field="owner"),
        Column("party", "Client", source="party.name", field="party__name"),
        Column("amount", "Money", "money", total=True),
        Column("opened", "Opened", "datetime", source="opened_at", field="opened_at", hidden=True),
        Column("cause", "Cause", filterable=True, hidden=True),
    ),
    default_sort="due",
    groupable=("status", "kind", "owner"),
    default_filters={"status": "open,waiting"},
    search=("title", "detail", "subject_label", "party__name", "cause"),
    link=links.record,
    quick=(("Mine", "status=open,waiting&owner=me"), ("Late", "status=open&due=..today-1"), ("Resolved", "status=resolved,closed")),
    buttons=(Button("Open a case", NEW, "plus", primary=True),),
    empty=Empty("No cases", "A client's issue, a delivery incident or a billing request, each with an owner and a clock.", icon="message-report", action="Open a case", url=NEW),
    noun=("case", "cases"),
    area="today",
    row_height=43,
)  # fmt: skip
