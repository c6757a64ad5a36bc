"""What a bid request says of the page and the person, as targeting and consent understand it.

Places and devices are translated; audiences count only with consent (`makegood.adserver.consent`).
"""

from __future__ import annotations

import functools
import importlib.resources

from makegood.adserver.adrequest import AdRequest
from makegood.adserver.http import Request
from makegood.adserver.openrtb.node import Node

_DEVICES = {1: "mobile", 2: "desktop", 3: "tv", 4: "mobile", 5: "tablet", 6: "tv", 7: "tv"}
"""AdCOM 1.0, list "Device Types"; 8 (out of home) has no word of ours."""
_NOT_APPLICABLE = (0, -1)


def about(root: Node) -> AdRequest:
    """Return the request without slots. First-party data stands in site.ext.data or app.ext.data as text by key."""
    place = root.node("site" if root.has("site") else "app")
    data = place.node("ext", "data").value
    device = root.node("device")
    return AdRequest(
        slots=(), geo=_geo(device.node("geo")), device=_DEVICES.get(device.whole("devicetype") or 0),
        section=_word(data.get("section")),
        language=place.node("content").text("language") or device.text("language") or None,
        category=_word(data.get("category")), audiences=_audiences(root.node("user")), consent=_consent(root),
        key_values={key: value for key, value in data.items() if isinstance(value, str) and len(value) <= 256},
        test=bool(root.whole("test")),
    )  # fmt: skip


def asker(root: Node, request: Request) -> Request:
    """Return the request as the person's own device would have made it: robots and data centres are told by that."""
    device = root.node("device")
    headers = {"user-agent": device.text("ua")}
    if cookie := request.headers.get("cookie"):
        headers["cookie"] = cookie
    return Request(request.method, request.path, "", headers, b"", device.text("ip") or device.text("ipv6"))


def _geo(geo: Node) -> str | None:
    country = _countries().get(geo.text("country").upper(), "")
    if not country:
        return None
    region, metro = geo.text("region").upper(), geo.text("metro")
    parts = (country, region.removeprefix(f"{country}-"), metro) if region else (country,)
    return "-".join(part for part in parts if part)


def _audiences(user: Node) -> frozenset[str]:
    return frozenset(part.text("id") for data in user.nodes("data") for part in data.nodes("segment") if part.has("id"))


def _consent(root: Node) -> str:
    """Every regime that applies must permit; when the request names none there is no consent."""
    regs, user = root.node("regs"), root.node("user")
    if regs.whole("coppa"):
        return ""
    gdpr = regs.whole("gdpr") if regs.has("gdpr") else regs.node("ext").whole("gdpr")
    texts = [user.text("consent") or user.node("ext").text("consent") or "0"] if gdpr else []
    sections = regs.wholes("gpp_sid")
    applying = [str(one) for one in sections if one not in _NOT_APPLICABLE]
    if regs.text("gpp") and (applying or not sections):
        texts.append(f"{regs.text('gpp')};{','.join(applying)}")
    if privacy := regs.text("us_privacy") or regs.node("ext").text("us_privacy"):
        texts.append(privacy)
    return " ".join(texts) or ("1" if gdpr == 0 else "")


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and value and len(value) <= 256 else None


@functools.cache
def _countries() -> dict[str, str]:
    text = importlib.resources.files("makegood.adserver").joinpath("data/countries.txt").read_text()
    pairs = [(line[:3], line[4:6]) for line in text.splitlines() if not line.startswith("#")]
    return dict(pairs) | {two: two for _, two in pairs}
