"""The demo seller's rules: the seller itself, approval rules, and the advertising guidelines with their words to look for."""

import datetime

from makegood.catalog.actions import clauses
from makegood.catalog.models import Guideline
from makegood.core.models import Role, Seller
from makegood.work.approving import stages
from makegood.work.models import ApprovalRule

SELLER = {
    "name": "Northlight Media", "address": "48 Harbour Street\nBoston, MA 02210", "tax_id": "04-5550142",
    "bank": "Bank: Commonwealth Harbor Bank\nABA: 011000015\nAccount: 8820 4471 03", "email": "orders@northlight.example",
    "zone": "America/New_York", "currency": "USD", "discount_limit_pct": 15,
}  # fmt: skip
RULES = (
    ("discount", "Discount beyond 15 % of the card", 15, 0, (Role.LEAD,)),
    ("discount", "Discount beyond 30 % of the card", 30, 0, (Role.LEADERSHIP,)),
    ("floor", "Below the floor", 0, 0, (Role.LEAD,)),
    ("off_card", "Sold at rates the card does not know, above $50,000 a client and month", 50_000, 30, (Role.LEAD, Role.LEADERSHIP)),
    ("credit", "Payer on hold or over its limit", 0, 0, (Role.FINANCE,)),
    ("overbooking", "Beyond what is available", 0, 0, (Role.LEAD,)),
    ("cancellation_fee", "Part of a cancellation fee let off", 0, 0, (Role.LEAD,)),
    ("cancellation_fee", "More than $25,000 of a cancellation fee let off", 25_000, 0, (Role.LEADERSHIP,)),
    ("hold_extension", "A hold kept longer than one's days", 0, 0, (Role.LEAD,)),
    ("margin", "Margin below 25 % of net", 75, 0, (Role.LEAD,)),
    ("payment_terms", "Pays more than 14 days later than its terms", 14, 0, (Role.FINANCE,)),
    ("terms", "Terms unlike our paper", 2, 0, (Role.LEAD,)),
    ("terms", "Terms far from our paper", 20, 0, (Role.LEADERSHIP,)),
    ("exclusivity", "Sold into a category kept for another", 0, 0, (Role.LEAD,)),
)
GUIDELINES = (
    ("FIN-03", "A rate needs its terms, legible, beside it",
     "Terms in the same frame as the rate, at least 9 px high, contrast 4.5:1.", "Banking", ("APY", "APR", "%")),
    ("FIN-05", "No promise of approval", "Credit is never 'guaranteed' or 'instant' without its conditions.", "Banking", ("guaranteed", "instant")),
    ("HLT-02", "Health claims need a named source", "Name the study or the authority in the creative or on the landing page.", "Health", ("proven", "cures")),
    ("ALC-01", "Alcohol is for adults, and says so", "Age line on every frame; not on pages for families; never beside driving.", "Drinks", ("drink", "wine")),
    ("TOY-01", "Toys are shown as they are", "No effects a child could take for the toy's own; parts sold separately are named.", "Toys", ("sold separately",)),
    ("GEN-01", "Who speaks is visible", "The advertiser's name or logo at 16 px or more in every creative.", "", ("logo",)),
    ("GEN-02", "Nothing looks like our own news", "No headlines, bylines or interface of ours.", "", ("breaking", "news")),
    ("GEN-04", "A price holds for the whole flight", "Prices and dates in the creative must hold until the last day it runs.", "", ("from $", "only")),
    ("AUD-01", "Sound is as loud as what is around it", "Integrated loudness within the spec; no sirens, phones or alarms.", "", ("siren",)),
)


EXAMPLES = {  # code: what is fine, what is not, risk, source
    "FIN-03": ("4.60 % APY on balances from $1,000 until 31 March, terms at 10 px", "4.60 % APY from day one", 3, "Savings-advertising code of the regulator, section 4"),
    "FIN-05": ("Decision in one day, subject to status", "Guaranteed loan", 3, "Fair-lending guidance"),
    "HLT-02": ("Shown in a 2025 study of 400 adults, named on the page", "Clinically proven", 3, "House rule after the health-claims code"),
    "ALC-01": ("21+ on every frame, adults at dinner", "A glass beside car keys", 3, "Beverage-alcohol advertising code"),
    "GEN-01": ("Logo at 24 px in the corner of every frame", "A headline and a button, no name", 1, "House rule"),
    "GEN-04": ("From $49, until 31 March", "From $49", 2, "House rule"),
}


def set_up(*, day: datetime.date) -> Seller:
    """Write the seller, its approval rules, the guidelines and the clauses on papers in force since `day`."""
    seller = Seller.objects.create(**SELLER)
    for kind, name, above, window, roles in RULES:
        late = () if Role.LEADERSHIP in roles else (Role.LEADERSHIP,)
        ApprovalRule.objects.create(kind=kind, name=name, above=above, window_days=window, stages=[stages.one(*roles, escalate=late)])
    for code, title, text, category, hints in GUIDELINES:
        fine, wrong, risk, source = EXAMPLES.get(code, ("", "", Guideline.Risk.MEDIUM, ""))
        examples = [{"ok": ok, "text": words} for ok, words in ((True, fine), (False, wrong)) if words]
        Guideline.objects.create(
            code=code, title=title, text=text, category=category, hints=list(hints), valid_from=day, examples=examples, risk=risk, source=source
        )
    for language in ("en", "de"):
        clauses.adopt(language, by=None, at=datetime.datetime.combine(day, datetime.time(), datetime.UTC))
    return seller


def guideline(code: str) -> Guideline:
    """The newest version of a guideline."""
    return Guideline.objects.filter(code=code).order_by("-version").first() or Guideline.objects.get(code="GEN-01")
