"""The address of the list of tasks, and what it adds to the palette."""

from urllib.parse import urlencode

from django.urls import path

from makegood.interfaces.web import links, palette
from makegood.interfaces.web.grid import grid_view
from makegood.interfaces.web.tasks.tables import TASKS
from makegood.work import queries

urlpatterns = [path("tasks/", grid_view(TASKS, verb="work.tasks.see"), name="tasks")]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """Tasks whose title holds what was typed."""
    page = (
        [palette.Entry("All tasks", links.page("tasks"), icon="checklist")] if palette.matches(q, "All tasks") else []
    )
    if not q:
        return page
    rows = queries.task_list(actor).filter(status="open", title__icontains=q).order_by("due_at")[: palette.LIMIT]  # type: ignore[arg-type]
    return page + [
        palette.Entry(task.title, f"/tasks/?{urlencode({'q': task.title})}", "Tasks", task.subject_label, "checklist")
        for task in rows
    ]
