"""The address of the list of tasks, and what it adds to the palette."""

from django.urls import path

from makegood.interfaces.web import links, palette
from makegood.interfaces.web.grid import grid_view
from makegood.interfaces.web.tasks.tables import TASKS
from makegood.work import queries

urlpatterns = [path("tasks/", grid_view(TASKS, verb="work.tasks.see"), name="tasks")]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """Tasks whose title holds what was typed."""
    if not q:
        return [palette.Entry("All tasks", links.page("tasks"), "Go to", icon="checklist")]
    rows = queries.task_list(actor).filter(status="open", title__icontains=q).order_by("due_at")[: palette.LIMIT]  # type: ignore[arg-type]
    return [
        palette.Entry(task.title, f"/tasks/?q={task.title}", "Tasks", task.subject_label, "checklist") for task in rows
    ]
