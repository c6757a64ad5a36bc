"""Demo creatives drawn from a name, a colour and a seed: banner, HTML5 bundle, spot, film, VAST tag, native copy.
Each can carry one planted fault, by name, so that a check has something to find.
"""

from makegood.documents.creatives.samples.audio import spot
from makegood.documents.creatives.samples.banner import banner
from makegood.documents.creatives.samples.brand import Brand
from makegood.documents.creatives.samples.bundle import bundle
from makegood.documents.creatives.samples.film import film
from makegood.documents.creatives.samples.tags import native, vast

__all__ = ["Brand", "banner", "bundle", "film", "native", "spot", "vast"]
