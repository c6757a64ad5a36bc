"""Small pieces that stand in a line of text. Plain functions, because a page of a grid draws hundreds of them."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from makegood.interfaces.web.tags import filters

STATES = {
    "ok": ("circle-check", "On track"),
    "watch": ("eye", "Watch"),
    "risk": ("alert-triangle", "At risk"),
    "blocked": ("hand-stop", "Blocked"),
}


def icon(name: str, css: str = "") -> SafeString:
    """A Tabler icon, silent to screen readers: words stand beside it."""
    return format_html('<i class="ti ti-{} {}" aria-hidden="true"></i>', name, css) if name else SafeString("")


def badge(word: Any, live: bool = False) -> SafeString:
    """Lifecycle, one grey word; a dot when live."""
    return format_html('<span class="mg-badge{}">{}</span>', " live" if live else "", word)


def state(code: str, word: str = "", tint: bool = False) -> SafeString:
    """On track, watch, at risk or blocked: icon and word always. Any other code is shown as its word, muted."""
    code = filters.state_of(code)
    if code not in STATES:
        return format_html('<span class="mg-state mu">{}</span>', word or code) if word else SafeString("")
    sign, usual = STATES[code]
    css = f"mg-state {code}{' tint' if tint else ''}"
    return format_html('<span class="{}">{}{}</span>', css, icon(sign), word or _(usual))


def chip(text: Any, icon_name: str = "", tone: str = "", title: str = "") -> SafeString:
    """A condition with who or until when: `{% chip "Hold until Fri" "clock" "watch" title="Priya Raman" %}`."""
    return format_html('<span class="mg-chip {}" title="{}">{}{}</span>', tone, title, icon(icon_name), text)


def face(person: Any, size: str = "", me: bool = False) -> SafeString:
    """A person by initials; the name is read out and shown on hover. Empty for nobody."""
    if not person:
        return SafeString("")
    css = f"mg-face {size}{' me' if me else ''}"
    return format_html(
        '<span class="{}" role="img" aria-label="{}" title="{}">{}</span>',
        css,
        person,
        person,
        filters.initials(person),
    )


def who(person: Any) -> SafeString:
    """Face and name."""
    if not person:
        return format_html('<span class="mu">{}</span>', _("nobody"))
    dot = format_html('<span class="mg-face sm" aria-hidden="true">{}</span>', filters.initials(person))
    return format_html('<span class="mg-who">{}<span class="cut">{}</span></span>', dot, person)


TAGS = {"icon": icon, "badge": badge, "state": state, "chip": chip, "face": face, "who": who}
