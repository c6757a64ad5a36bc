"""State machines of orders."""

from django.db import models

from makegood.core.states import Machine


class OrderStatus(models.TextChoices):
    """From draft to paid. Approved means our side agreed, signed that both did, booked that inventory is reserved."""

    DRAFT = "draft", "Draft"
    PENDING = "pending", "Pending approval"
    APPROVED = "approved", "Approved"
    SIGNED = "signed", "Signed"
    BOOKED = "booked", "Booked"
    LIVE = "live", "Live"
    COMPLETED = "completed", "Completed"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class LineStatus(models.TextChoices):
    """A line follows its flights once booked."""

    DRAFT = "draft", "Draft"
    BOOKED = "booked", "Booked"
    READY = "ready", "Ready"
    LIVE = "live", "Live"
    PAUSED = "paused", "Paused"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class ImportStatus(models.TextChoices):
    """A document read, being corrected, and either imported or thrown away."""

    READ = "read", "To check"
    IMPORTED = "imported", "Imported"
    DISCARDED = "discarded", "Discarded"


class ChangeStatus(models.TextChoices):
    """A change order is collected, approved and signed while the order runs on as it was, and then takes effect, or is withdrawn."""

    COLLECTING = "collecting", "Being collected"
    PENDING = "pending", "Pending approval"
    APPROVED = "approved", "Out for signature"
    SIGNED = "signed", "Signed, not in effect"
    APPLIED = "applied", "In effect"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SigningStatus(models.TextChoices):
    """A request to sign: sent, opened with the code, and one end."""

    SENT = "sent", "Sent"
    OPENED = "opened", "Opened"
    SIGNED = "signed", "Signed"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"
    WITHDRAWN = "withdrawn", "Withdrawn"


ORDER = Machine(
    "order",
    {
        "draft": ("pending", "approved", "cancelled"),
        "pending": ("draft", "approved", "cancelled"),
        "approved": ("draft", "signed", "cancelled"),
        "signed": ("booked", "draft", "cancelled"),
        "booked": ("live", "cancelled"),
        "live": ("completed", "cancelled"),
        "completed": ("closed", "live"),  # live again by a change both sides signed: more days, another line
        "closed": (),
        "cancelled": (),
    },
)
_RUNNING = {
    "draft": ("booked", "cancelled"),
    "booked": ("ready", "live", "cancelled"),
    "ready": ("booked", "live", "paused", "cancelled", "completed"),
    "live": ("paused", "completed", "cancelled"),
    "paused": ("live", "completed", "cancelled"),
    "completed": (),
    "cancelled": (),
}
LINE = Machine("line", _RUNNING | {"completed": ("booked",)})  # booked again by a change that gives it another flight
FLIGHT = Machine("flight", _RUNNING)
IMPORT = Machine("order_import", {"read": ("imported", "discarded"), "imported": ("read",), "discarded": ("read",)})
CHANGE = Machine(
    "change_order",
    {
        "collecting": ("pending", "approved", "applied", "withdrawn"),
        "pending": ("collecting", "approved", "applied", "withdrawn"),
        "approved": ("collecting", "signed", "withdrawn"),
        "signed": ("collecting", "applied", "withdrawn"),
        "applied": (),
        "withdrawn": (),
    },
)
_ENDS = ("signed", "declined", "expired", "withdrawn")
SIGNING = Machine("signing", {"sent": ("opened", *_ENDS), "opened": _ENDS, **dict.fromkeys(_ENDS, ())})
