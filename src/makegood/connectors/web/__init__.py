"""The one way out: every address that comes from outside is fetched here, from public machines only.

`fetch` refuses by name (`Barred`) what may not be asked, and says plainly what did not answer (`Unanswered`).
"""

from makegood.connectors.web.addresses import Barred, Limits, Target, target
from makegood.connectors.web.fetching import Fetched, Unanswered, fetch
from makegood.connectors.web.names import Resolve, resolve

__all__ = ["Barred", "Fetched", "Limits", "Resolve", "Target", "Unanswered", "fetch", "resolve", "target"]
