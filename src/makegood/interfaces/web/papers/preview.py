"""A clause as it will stand on paper, drawn while it is typed, on a sample order of the seller."""

import base64
import dataclasses
import datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.core.queries import seller
from makegood.documents import papers as written
from makegood.documents.papers import language, pictures
from makegood.documents.written import parties
from makegood.interfaces.web.permitted import permitted
from makegood.orders import papers

SAMPLE = {
    "advertiser": "Oatfield Foods", "agency": "Fenwick & Rowe", "order_number": "MG-00001", "campaign": "Spring", "payment_days": "30",
    "cancellation_notice_days": "30", "other_notice_days": "7", "cancellation_fee_pct": "50", "tolerance_pct": "10", "bill_source": "our counts", "zone": "America/New_York",
}  # fmt: skip


@require_POST
@permitted("catalog.see")
def preview(request: HttpRequest) -> HttpResponse:
    """The page as a picture, or what is wrong with the blanks: a part of the form."""
    title, text, code = request.POST.get("title", "")[:120], request.POST.get("text", "")[:20_000], request.POST.get("language", "en")
    try:
        doc = _paper(title, text, code if code in language.LANGUAGES else "en", timezone.localdate())
    except written.Misplaced as wrong:  # said where the page would be
        return render(request, "papers/preview.html", {"wrong": str(wrong)})
    shown = pictures.picture(written.pdf(doc), 1, width_px=900)
    return render(request, "papers/preview.html", {"image": base64.b64encode(shown).decode(), "title": title})


def _paper(title: str, text: str, code: str, today: datetime.date) -> written.OrderDocument:
    lang, last = language.of(code), today + datetime.timedelta(days=27)
    house = papers.letterhead(seller())
    values = SAMPLE | {
        "seller": house.name, "currency": "USD", "gross": lang.money(Decimal(18000), "USD"), "net": lang.money(Decimal(18000), "USD"), "first_day": lang.day(today),
        "last_day": lang.day(last), "valid_until": lang.day(last),
    }  # fmt: skip
    line = written.OrderLine(
        number=1, name="Homepage billboard", starts_on=today, ends_on=last, units=1_000_000, rate=Decimal(18), amount=Decimal("18000.00")
    )
    doc = written.OrderDocument(
        seller=house, agency=None, advertiser=parties.Party(name=SAMPLE["advertiser"]), number=SAMPLE["order_number"], revision=1, dated=today, campaign=SAMPLE["campaign"],
        currency="USD", lines=(line,), gross=line.amount, commission_rate=Decimal(0), commission=Decimal(0), net=line.amount, language=code,
    )  # fmt: skip
    return dataclasses.replace(doc, clauses=(written.Clause(title=written.filled(title, values), text=written.filled(text, values)),))
