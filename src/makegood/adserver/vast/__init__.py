"""VAST 4.2 documents: our own media inline with companions, an advertiser's tag wrapped, breaks of several ads, or no ad."""

from makegood.adserver.vast.breaks import Break, asked, chosen
from makegood.adserver.vast.document import document

__all__ = ["Break", "asked", "chosen", "document"]
