"""The records of core."""

from makegood.core.models.activity import Activity
from makegood.core.models.files import StoredFile
from makegood.core.models.notifications import Notification
from makegood.core.models.numbers import NumberSeries
from makegood.core.models.parties import Membership, Party
from makegood.core.models.people import Absence, Person, Role, Team
from makegood.core.models.replies import KeptReply
from makegood.core.models.seller import Seller
from makegood.core.models.views import SavedView

__all__ = [
    "Absence", "Activity", "KeptReply", "Membership", "Notification", "NumberSeries", "Party", "Person", "Role", "SavedView",
    "Seller", "StoredFile", "Team",
]  # fmt: skip
