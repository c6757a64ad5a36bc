"""The leadership status as PDF: one landscape page, as on the screen."""

from makegood.documents.charts import figures, rendering
from makegood.documents.charts.months import MonthColumn, RevenueMonths
from makegood.documents.written import parties, typesetting
from makegood.documents.written.leadership.document import LeadershipDocument

STATE_WORDS = {"ok": "On track", "watch": "Watch", "risk": "At risk", "blocked": "Blocked", "": ""}


def months(doc: LeadershipDocument) -> RevenueMonths | None:
    """The chart by month, if months are known."""
    columns = tuple(MonthColumn(name=month.name, goal=month.goal, amounts=month.amounts) for month in doc.months)
    return RevenueMonths(title=doc.months_finding, months=columns) if columns else None


def pdf(doc: LeadershipDocument) -> bytes:
    """The status as PDF/A-2b on one page; rows that do not fit are left to the screen and counted."""
    chart = months(doc)
    page = {
        "seller": parties.letterhead(doc.seller),
        "headline": doc.headline,
        "subtitle": doc.subtitle,
        "as_of": f"As of {figures.moment(doc.as_of)}",
        "revenue": rendering.svg(doc.bars(), width=1080, height=40 + 31 * len(doc.revenue), titled=False),
        "months": rendering.svg(chart, width=680, height=116, titled=False) if chart else "",
        "months_finding": doc.months_finding,
        "stats": [[one.label, one.figure, one.against, one.state] for one in doc.stats[:7]],
        "at_risk_total": figures.money(doc.at_risk_total, doc.currency, 0),
        "at_risk": [
            {
                "client": figures.short(row.client, 21), "cause": figures.short(row.cause, 50),
                "owner": figures.short(row.owner, 12), "due": row.due, "state": row.state,
                "word": STATE_WORDS[row.state], "delivered": row.delivered, "projected": row.projected,
                "amount": figures.money(row.at_risk, doc.currency, 0),
            }
            for row in doc.at_risk[:4]
        ],
        "more_at_risk": max(0, len(doc.at_risk) - 4),
        "roadblocks": [[figures.short(one.title, 44), figures.short(one.detail, 88), one.owner, one.due] for one in doc.roadblocks[:4]],
        "wins": [[figures.short(one.title, 48), figures.short(one.detail, 60)] for one in doc.wins[:5]],
        "short_finding": doc.short_finding,
        "short": [
            {
                "name": figures.short(one.name, 20), "why": figures.short(one.why, 27), "amount": figures.money(-one.amount, doc.currency, 0),
                "share": float(one.amount / max(two.amount for two in doc.short)),
            }
            for one in doc.short[:4]
        ],
    }  # fmt: skip
    return typesetting.pdf("leadership.typ", page, doc.as_of.date())
