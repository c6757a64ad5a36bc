"""The records of work."""

from makegood.work.models.approvals import Approval, Delegation, Measured, Vote
from makegood.work.models.cases import Case
from makegood.work.models.comments import Comment
from makegood.work.models.rules import ApprovalRule, RuleChange
from makegood.work.models.seals import Seal
from makegood.work.models.subject import About
from makegood.work.models.tasks import Task

__all__ = [
    "About", "Approval", "ApprovalRule", "Case", "Comment", "Delegation", "Measured", "RuleChange", "Seal", "Task", "Vote",
]  # fmt: skip
