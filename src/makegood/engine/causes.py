"""What takes impressions from a flight, and the words for it. Measuring and weighing causes live in `diagnosis`."""

from __future__ import annotations

import enum


class Cause(enum.StrEnum):
    """A reason to deliver other than expected; the order is that of a campaign's life and breaks ties."""

    LATE_START = "late_start"
    NO_CREATIVE = "no_creative"
    PAUSED = "paused"
    TRAFFIC = "traffic"
    NARROWER = "narrower_audience"
    CONTENTION = "contention"
    FREQUENCY_CAP = "frequency_cap"
    RENDER_LOSS = "render_loss"
    INVALID_TRAFFIC = "invalid_traffic"
    PACING = "pacing_and_other"


SENTENCES = {
    Cause.LATE_START: "started later than booked",
    Cause.NO_CREATIVE: "had no approved creative",
    Cause.PAUSED: "was paused",
    Cause.TRAFFIC: "met less matching traffic than forecast",
    Cause.NARROWER: "matched a smaller part of the traffic than planned",
    Cause.CONTENTION: "lost requests to higher-priority flights",
    Cause.FREQUENCY_CAP: "was held back by its frequency cap",
    Cause.RENDER_LOSS: "served ads that did not render",
    Cause.INVALID_TRAFFIC: "served impressions filtered as invalid",
    Cause.PACING: "was paced below plan, re-planned, or other",
}
GAINS = {
    Cause.TRAFFIC: "met more matching traffic than forecast",
    Cause.NARROWER: "matched a larger part of the traffic than planned",
    Cause.CONTENTION: "had fewer rivals than planned",
    Cause.PACING: "caught up by pacing above plan",
}
