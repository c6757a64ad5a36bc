"""Foreign code run where it can reach nothing and every wish it has is written down: a headless browser in a jail.

Ads are run from their files (`run_ad`); pages from outside are looked at through the guarded fetcher (`look`).
"""

from makegood.connectors.browser.finding import NoBrowser, missing
from makegood.connectors.browser.jail import Stopped
from makegood.connectors.browser.runs import Looked, Ran, look, run_ad, run_tag

__all__ = ["Looked", "NoBrowser", "Ran", "Stopped", "look", "missing", "run_ad", "run_tag"]
