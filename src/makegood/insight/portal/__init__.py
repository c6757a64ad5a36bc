"""What a client is told: campaigns in plain figures, what is owed, what there is to do first. Scoped to the client throughout."""

from makegood.insight.portal.campaigns import Going, campaigns
from makegood.insight.portal.owed import Advert, Thing, adverts, things

__all__ = ["Advert", "Going", "Thing", "adverts", "campaigns", "things"]
