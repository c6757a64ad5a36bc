"""Creative files: told by content, probed in a capped child, unpacked safely, previewed, reported on.
Files become facts here; what the facts are worth is decided by engine.specs.
"""

from makegood.documents.creatives.guarded import corrected, filmstrip, poster, probe_guarded, thumbnail, waveform
from makegood.documents.creatives.html5.bundle import Unpacked, unpack_bundle
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.documents.creatives.reporting import propose, refused, report

__all__ = [
    "UnreadableCreative", "Unpacked", "corrected", "filmstrip", "poster", "probe_guarded", "propose", "refused", "report", "thumbnail",
    "unpack_bundle", "waveform",
]  # fmt: skip
