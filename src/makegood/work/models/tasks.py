"""Open things: each with one owner and one due date. A task owed by a client is a request."""

from django.db import models

from makegood.core.models import Party, Person
from makegood.work import states
from makegood.work.models.subject import About


class Task(About):
    """Something owed, by one of us (`owner`) or by a client (`owed_by`, with `owner` the one of us who asks).

    `key` names the fact whose absence made it (readiness closes it when the fact holds): one open task per subject and key.
    """

    machine = states.TASK
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    action = models.CharField(max_length=40, blank=True, help_text="the one button, a verb")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    owed_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField()
    effort_hours = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, help_text="money it holds back")
    currency = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=8, choices=states.TaskStatus.choices, default=states.TaskStatus.OPEN)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    asked_count = models.PositiveIntegerField(default=0)
    last_asked_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        triggers = [states.TASK.trigger()]
        indexes = [
            models.Index(fields=["owner", "status", "due_at"], name="task_queue"),
            models.Index(fields=["root_type", "root_id"], name="task_root"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "key"], condition=models.Q(status="open"), name="one_open_task_per_fact"
            )
        ]

    def __str__(self) -> str:
        return self.title
