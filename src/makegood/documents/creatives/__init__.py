"""Creative files: told by content, probed in a capped child, unpacked safely, previewed, reported on.
Files become facts here; what the facts are worth is decided by engine.specs.
"""

from makegood.documents.creatives.guarded import filmstrip, poster, probe_guarded, thumbnail, waveform
from makegood.documents.creatives.refusals import UnreadableCreative

__all__ = ["UnreadableCreative", "filmstrip", "poster", "probe_guarded", "thumbnail", "waveform"]
