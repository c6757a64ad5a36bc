"""Colours, type and titles that the pictures share."""

import altair as alt

BRAND, INK, MUTED, LINE, RISK, PLAIN = "#0a6a7b", "#14202a", "#5f6c78", "#e2e6e9", "#d9634d", "#a9b4bd"
AXIS = {"labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": 400, "domainColor": LINE}
CONFIG = {"font": "Inter", "view": {"stroke": None}, "axis": AXIS}


def title(finding: str, subtitle: str) -> alt.TitleParams:
    """The finding, and what it was measured on."""
    return alt.TitleParams(
        finding,
        anchor="start",
        fontSize=14,
        fontWeight=600,
        color=INK,
        subtitle=subtitle,
        subtitleColor=MUTED,
        subtitleFontSize=12,
        offset=12,
    )
