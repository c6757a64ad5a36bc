"""Macros in the addresses of a VAST tag: those a player fills in, and those nobody will.
Source: IAB Tech Lab VAST 4.3, section 6, and the list of macros kept beside it; 2.0 and 3.0 know the first four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

KNOWN = frozenset(
    ["CACHEBUSTING", "ERRORCODE", "CONTENTPLAYHEAD", "ASSETURI", "TIMESTAMP", "MEDIAPLAYHEAD", "ADPLAYHEAD", "ADCOUNT", "ADCATEGORIES", "ADSERVINGID", "ADTYPE", "APIFRAMEWORKS", "APPBUNDLE", "BLOCKEDADCATEGORIES", "BREAKMAXADLENGTH", "BREAKMAXADS", "BREAKMAXDURATION", "BREAKMINADLENGTH", "BREAKMINDURATION", "BREAKPOSITION", "CLICKPOS", "CLICKTYPE", "CLIENTUA", "CONTENTCAT", "CONTENTID", "CONTENTURI", "DEVICEIP", "DEVICEUA", "DOMAIN", "EXTENSIONS", "GDPRCONSENT", "GPPSECTIONID", "GPPSTRING", "IFA", "IFATYPE", "INVENTORYSTATE", "LATLONG", "LIMITADTRACKING", "MEDIAMIME", "OMIDPARTNER", "PAGEURL", "PLACEMENTTYPE", "PLAYERCAPABILITIES", "PLAYERSIZE", "PLAYERSTATE", "PODSEQUENCE", "REASON", "REGULATIONS", "SERVERSIDE", "SERVERUA", "TRANSACTIONID", "UNIVERSALADID", "VASTVERSIONS", "VERIFICATIONVENDORS"]
)
IN_BRACKETS = re.compile(r"(?:\[|%5B)([A-Za-z][A-Za-z0-9_]{2,40})(?:\]|%5D)", re.IGNORECASE)
OF_A_SERVER = re.compile(r"%%[A-Za-z_]{2,60}(?::[^%]{0,60})?%%|\$\{[^}]{1,60}\}|\{\{[^}]{1,60}\}\}|@@[A-Z_]{2,60}@@")


def unknown(address: str) -> Iterator[str]:
    """Macros of the address that no player resolves, as written."""
    for found in IN_BRACKETS.finditer(address):
        if found[1].upper() not in KNOWN:
            yield found[0]
    for found in OF_A_SERVER.finditer(address):
        yield found[0]
