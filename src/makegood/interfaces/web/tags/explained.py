"""Figures that explain themselves, as text: a page of pacing has one in every row, for which a template each is too slow."""

import secrets
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from makegood.interfaces.web import components as c


def figure(text: Any, explanation: c.Explanation) -> SafeString:
    """A figure that explains itself: dotted underline, opens by click or key, closes by Esc."""
    return format_html(
        '<button type="button" class="mg-figure" popovertarget="{id}" aria-label="{text}, {how}">{text}</button>'
        '<span class="mg-explain" id="{id}" popover role="dialog" aria-label="{title}">{inside}</span>',
        id=f"x{secrets.token_hex(4)}", text=text, how=_("how was this computed?"), title=explanation.title, inside=_inside(explanation),
    )  # fmt: skip


def explain(explanation: c.Explanation) -> SafeString:
    """The same explanation standing on the page."""
    return format_html('<div class="mg-explain">{}</div>', _inside(explanation))


def _inside(x: c.Explanation) -> SafeString:
    parts = [
        format_html('<span class="h3">{}</span>', x.title),
        format_html('<span class="mg-formula">{}</span>', SafeString("".join(map(_factor, x.formula)))) if x.formula else "",
        _sum(x),
        format_html('<span class="s mu mt-2">{}</span>', x.note) if x.note else "",
        _source(x),
    ]
    return SafeString("".join(parts))


def _factor(term: c.Term) -> SafeString:
    op = format_html('<span class="op">{}</span>', term.op) if term.op else ""
    return format_html('{}<span><span class="b tn">{}</span><span class="s">{}</span></span>', op, term.figure, term.label)


def _sum(x: c.Explanation) -> SafeString:
    """The terms one under the other, with the line above the result."""
    if not x.terms:
        return SafeString("")
    rows = [
        (" eq" if term.op == "=" else "", term.op, format_html('<a href="{}">{}</a>', term.url, term.label) if term.url else term.label, term.figure)
        for term in x.terms
    ]
    lines = format_html_join("", '<span class="line{}"><span class="op">{}</span><span>{}</span><span class="v">{}</span></span>', rows)
    return format_html('<span class="mg-sum{}">{}</span>', " mt-2" if x.formula else "", lines)


def _source(x: c.Explanation) -> SafeString:
    """Of when the inputs are, and where they stand."""
    if not (x.as_of or x.source_url):
        return SafeString("")
    when = format_html("{} {}. ", _("As of"), x.as_of) if x.as_of else ""
    where = format_html('<a href="{}">{}</a>', x.source_url, _("Source rows")) if x.source_url else ""
    return format_html('<span class="s mu mt-2">{}{}</span>', when, where)


TAGS = {"figure": figure, "explain": explain}
