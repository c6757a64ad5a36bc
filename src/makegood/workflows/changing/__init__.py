"""Changing a booked order: what ran and is billed is told to the order's own verbs, and what takes effect is published."""

from makegood.workflows.changing import creatives, planned
from makegood.workflows.changing.following import follow_pauses
from makegood.workflows.changing.previewing import Preview, preview
from makegood.workflows.changing.taking import (
    collect,
    decide,
    follow_signature,
    give_notice,
    notice,
    progress_of,
    push,
    rebase,
    send,
    sign,
    take_effect,
)

__all__ = ["Preview", "collect", "creatives", "decide", "follow_pauses", "follow_signature", "give_notice", "notice", "planned", "preview", "progress_of", "push", "rebase", "send", "sign", "take_effect"]
