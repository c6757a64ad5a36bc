"""How a paper is written in each language: its fixed words, figures and days. English and German."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from makegood.documents.charts import figures

GERMAN_MONTHS = ("Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
TURNED = str.maketrans(",.", ".,")
GERMAN = {
    "Insertion order": "Insertionsauftrag", "Proposal": "Angebot", "revision": "Fassung", "Advertiser": "Werbetreibender", "Agency": "Agentur",
    "Campaign": "Kampagne", "Runs": "Laufzeit", "Dated": "Datum", "Your PO": "Ihre Bestellnummer", "Contact": "Ansprechpartner",
    "Can be accepted until": "Annahme möglich bis", "Line": "Position", "Units": "Menge", "Rate": "Preis", "Gross": "Brutto", "Net": "Netto",
    "Agency commission": "Agenturprovision", "By month": "Nach Monaten", "Month": "Monat", "Days": "Tage", "Terms": "Vereinbarungen",
    "Conditions": "Bedingungen", "Clauses": "Vertragsbedingungen", "Signatures": "Unterschriften", "Signed": "Unterschrieben am",
    "Name, date and signature": "Name, Datum und Unterschrift", "SHA-256 of the terms signed": "SHA-256 der unterschriebenen Vereinbarung",
    "SHA-256 of the PDF shown": "SHA-256 des angezeigten PDF", "Record of signing": "Protokoll der Unterzeichnung", "When": "Wann", "What": "Was",
    "Who": "Wer", "From": "Von wo", "Order": "Auftrag", "Page": "Seite", "of": "von", "Tax id": "Steuernummer",
    "Billed on": "Abrechnung nach", "Billed": "Abrechnung", "Payment": "Zahlung", "Days are in": "Tage gelten in", "days": "Tage",
    "impressions": "Einblendungen", "clicks": "Klicks", "days ": "Tage", "spots": "Spots", "sends": "Aussendungen", "Per day": "pro Tag", "Flat": "pauschal",
    "Per spot": "pro Spot", "Per unit": "pro Stück", "Contracted amount": "vereinbarter Betrag", "Our counts": "unsere Zählung",
    "Third-party counts": "Zählung Dritter", "no cap": "ohne Obergrenze", "at the goal": "bis zum Ziel", "at each period's goal": "bis zum Ziel jeder Periode",
    "at the goal to date": "bis zum bisherigen Ziel", "Monthly": "monatlich", "At the end": "am Ende", "In advance": "im Voraus",
    "Equal months": "gleiche Monatsraten", "By days": "nach Tagen", "by calendar month": "nach Kalendermonat", "by broadcast month": "nach Broadcast-Monat",
}  # fmt: skip


@dataclass(frozen=True)
class Language:
    """English, and what other languages change about it. `words` maps English to the language."""

    code: str
    words: dict[str, str]

    def say(self, text: str) -> str:
        """A fixed word of the paper; what the language has no word for stays English."""
        return self.words.get(text, text)

    def number(self, text: str) -> str:
        """A figure as `figures` writes it, with the language's separators."""
        return text.translate(TURNED) if self.code == "de" else text

    def amount(self, value: Decimal, currency: str) -> str:
        """To the cent, without the currency."""
        return self.number(figures.amount(value, currency))

    def money(self, value: Decimal, currency: str) -> str:
        """With its currency: $22,000.00 or 22.000,00 USD."""
        return f"{self.amount(value, currency)} {currency}" if self.code == "de" else figures.money(value, currency)

    def rate(self, value: Decimal, currency: str) -> str:
        """A price with as many places as were agreed."""
        return self.number(figures.rate(value, currency))

    def count(self, value: int) -> str:
        """Whole units."""
        return self.number(figures.count(value))

    def percent(self, value: Decimal) -> str:
        """A value in per cent: 15 becomes 15 %."""
        plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
        return self.number(f"{plain:f} %")

    def day(self, value: date) -> str:
        """19 Oct 2026 or 19. Okt. 2026."""
        return f"{value.day}. {GERMAN_MONTHS[value.month - 1]} {value.year}" if self.code == "de" else figures.day(value)

    def span(self, first: date, last: date) -> str:
        """From a day to a day."""
        if self.code != "de":
            return figures.span(first, last)
        begins = f"{first.day}. {GERMAN_MONTHS[first.month - 1]}" if first.year == last.year else self.day(first)
        return f"{begins} bis {self.day(last)}"

    def moment(self, value: datetime) -> str:
        """A time with its zone."""
        return f"{self.day(value.date())}, {value:%H:%M %Z}".rstrip()


ENGLISH, DEUTSCH = Language("en", {}), Language("de", GERMAN)
LANGUAGES = {one.code: one for one in (ENGLISH, DEUTSCH)}
NAMES = {"en": "English", "de": "Deutsch"}


def of(code: str) -> Language:
    """The language of `code`. Raises ValueError naming those there are."""
    if code not in LANGUAGES:
        raise ValueError(f"papers are not written in {code!r}; use one of {', '.join(LANGUAGES)}")
    return LANGUAGES[code]
