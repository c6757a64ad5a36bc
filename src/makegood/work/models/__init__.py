"""The records of work."""

from makegood.work.models.approvals import Approval, ApprovalRule
from makegood.work.models.cases import Case
from makegood.work.models.comments import Comment
from makegood.work.models.subject import About
from makegood.work.models.tasks import Task

__all__ = ["About", "Approval", "ApprovalRule", "Case", "Comment", "Task"]
