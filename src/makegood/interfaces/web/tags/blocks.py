"""Blocks: components with a template of their own under templates/mg/. Functions only arrange what the template places."""

import secrets
from collections.abc import Sequence
from typing import Any

from makegood.interfaces.web import components as c
from makegood.interfaces.web.tags.filters import state_of


def promise_legend(state: str = "risk") -> dict[str, Any]:
    """What the parts of a promise bar mean."""
    return {"fill": f"f-{state}"}


def stat(value: c.Stat) -> dict[str, Any]:
    """Label, figure, what changed."""
    return {"s": value}


def stats(values: Sequence[c.Stat | None]) -> dict[str, Any]:
    """A row of stats; None draws the dividing line."""
    return {"values": values}


def segment(choices: Sequence[c.Choice], label: str = "Show") -> dict[str, Any]:
    """Two to four ways to see the same page."""
    return {"choices": choices, "label": label}


def filter_chips(chips: Sequence[c.FilterChip], label: str = "Filters") -> dict[str, Any]:
    """Filters as chips; a chip with remove_url carries its cross."""
    return {"chips": chips, "label": label}


def tabs(items: Sequence[c.Tab], label: str = "Parts") -> dict[str, Any]:
    """Tabs are links: the tab lives in the URL."""
    return {"items": items, "label": label}


def timeline(value: c.Timeline) -> dict[str, Any]:
    """The flight timeline."""
    return {"t": value}


def waterfall(value: c.Waterfall) -> dict[str, Any]:
    """Causes that add up."""
    return {"w": value}


def hanging_sum(value: c.HangingSum) -> dict[str, Any]:
    """A printed sum with hanging bars."""
    return {"w": value}


def checklist(facts: Sequence[c.Fact]) -> dict[str, Any]:
    """Facts of readiness, missing ones first."""
    return {"facts": facts}


def pips(facts: Sequence[c.Fact]) -> dict[str, Any]:
    """A strip with one mark per fact, held ones first."""
    order = sorted((state_of(fact.state) for fact in facts), key=("ok", "blocked", "risk", "watch").index)
    step = 100 / max(1, len(order))
    held = order.count("ok")
    return {
        "held": held,
        "total": len(order),
        "marks": [(f"{n * step:.2f}%", f"{step - 1:.2f}%", code) for n, code in enumerate(order)],
    }


def document(page: c.Page) -> dict[str, Any]:
    """A page image with its numbered boxes."""
    return {"page": page, "scale": f"{page.width / 516:.3f}", "tag_x": f"{page.width * 0.028:.1f}"}


def sheet(value: c.Sheet) -> dict[str, Any]:
    """Part of a spreadsheet with the cells that were read."""
    return {"sheet": value}


def empty(value: c.Empty) -> dict[str, Any]:
    """An empty state that teaches."""
    return {"e": value}


def chart(value: c.Chart) -> dict[str, Any]:
    """A chart with its finding as title and its data in words."""
    return {"c": value}


def history(events: Sequence[c.Event], short: bool = False) -> dict[str, Any]:
    """What happened, newest first."""
    return {"events": events, "short": short}


def thread(comments: Sequence[c.Comment]) -> dict[str, Any]:
    """A conversation, oldest first."""
    return {"comments": comments}


def grid(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """A list within any page: the view puts `grid.page(request, GRID)` into its context."""
    return {"page": page, "request": context.get("request"), "csrf_token": context.get("csrf_token")}


def composer(context: dict[str, Any], url: str, client: bool = True, placeholder: str = "") -> dict[str, Any]:
    """Where one writes; amber when the client will read it."""
    return {
        "url": url,
        "client": client,
        "placeholder": placeholder,
        "csrf_token": context.get("csrf_token"),
        "id": secrets.token_hex(4),
    }


def field(bound: Any, label: str = "") -> dict[str, Any]:
    """One form field: label, control, help, error."""
    widget = type(bound.field.widget).__name__
    css = {"Select": "form-select", "SelectMultiple": "form-select", "CheckboxInput": "", "RadioSelect": ""}.get(
        widget, "form-control"
    )
    attrs = {"class": css} if css else {}
    return {"f": bound, "label": label or bound.label, "control": bound.as_widget(attrs=attrs), "widget": widget}


def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with the form as a whole."""
    return {"form": form}


def action(
    context: dict[str, Any], label: str, url: str, why: str = "", icon: str = "", kind: str = "", ask: str = "", target: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A button that does something (POST), with its consequence beside it. `ask` only for what cannot be undone."""
    return {
        "label": label, "url": url, "why": why, "icon": icon, "kind": kind, "ask": ask, "target": target,
        "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


BLOCKS = {
    tag.__name__: tag
    for tag in (
        promise_legend, stat, stats, segment, filter_chips, tabs, timeline, waterfall, hanging_sum,
        checklist, pips, document, sheet, empty, chart, history, thread, field, form_errors,
    )
}  # fmt: skip
WITH_CONTEXT = {"grid": grid, "composer": composer, "action": action}
