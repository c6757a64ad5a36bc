"""Where each standard keeps what an order says: our field to their paths, the first filled one counts. Data only.

planmatic mediaplanschema 1.0-3.0; AdCP 3.0-3.2 `create_media_buy`; OpenDirect 2.1 Order with its Lines; OpenProposal draft.
"""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Paths = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Shape:
    """One standard. `signs` must all be there; `lines` is where its lines stand; `half_open` that an end at midnight is the day before."""

    name: str
    signs: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    facts: Paths
    columns: Paths
    half_open: bool = False

    def fits(self, whole: Mapping[str, Any]) -> bool:
        """Whether the document is of this standard, by its keys."""
        keys = {key.casefold() for key in whole}
        return all(any(one in keys for one in some) for some in self.signs)


PLANMATIC = Shape(
    "planmatic media plan", (("meta",), ("campaign",), ("lineitems",)), ("lineitems",),
    {"contract_number": ("meta.po_number", "campaign.po_number", "meta.id", "meta.media_plan_id"), "campaign": ("campaign.name", "meta.name"),
     "advertiser": ("campaign.advertiser_name", "campaign.client_name", "campaign.advertiser_id"), "agency": ("campaign.agency_name",),
     "product": ("campaign.product_name",), "flight_start": ("campaign.start_date",), "flight_end": ("campaign.end_date",),
     "currency": ("campaign.budget_currency", "meta.currency"), "gross_amount": ("campaign.budget_total", "campaign.budget.total"), "order_date": ("meta.created_at",)},
    {"line_number": (), "placement": ("name", "media_product", "inventory"), "site": ("vehicle", "vehicle_custom", "partner"), "format": ("adformat", "adformat_custom"),
     "start": ("start_date",), "end": ("end_date",), "amount": ("cost_total", "budget"), "rate": ("rate",), "quantity": ("metric_impressions", "metrics.impressions"),
     "currency": ("cost_currency",), "daypart": ("dayparts", "dayparts_custom"), "comment": ("comments",)},
)  # fmt: skip
ADCP = Shape(
    "AdCP media buy", (("packages",), ("start_time", "media_buy_id", "brand", "account")), ("packages",),
    {"contract_number": ("io_acceptance.io_id", "buyer_ref", "buyer_campaign_ref", "media_buy_id", "idempotency_key"), "po_number": ("po_number",),
     "estimate_number": ("agency_estimate_number",), "advertiser": ("brand.name", "brand_manifest.name", "account.brand.name", "account.brand.domain", "brand.domain", "brand_manifest"),
     "agency": ("account.operator", "invoice_recipient.legal_name"), "campaign": ("campaign_name", "name"), "flight_start": ("start_time",), "flight_end": ("end_time",),
     "gross_amount": ("total_budget.amount", "total_budget", "budget.total", "budget"), "currency": ("total_budget.currency", "currency", "budget.currency")},
    {"placement": ("name", "product_name", "product_id"), "start": ("start_time",), "end": ("end_time",), "amount": ("budget.total", "budget.amount", "budget"), "rate": ("bid_price", "rate", "price"),
     "rate_type": ("pricing_model",), "quantity": ("impressions", "committed_units"), "currency": ("currency", "budget.currency"), "format": ("format_ids[0].id", "format_ids[0]")}, half_open=True,
)  # fmt: skip
OPENDIRECT = Shape(
    "OpenDirect order", (("lines",), ("accountid", "publisherid", "orderstatus")), ("lines",),
    {"contract_number": ("providerdata.salesorderreference", "externalid", "id"), "po_number": ("providerdata.ponumber", "ponumber"), "campaign": ("name",),
     "advertiser": ("advertiserbrand.name", "account.advertiser.name", "account.name", "advertisername", "advertiser"), "agency": ("account.buyer.name", "agencyname", "agency"),
     "flight_start": ("startdate",), "flight_end": ("enddate",), "gross_amount": ("cost", "totalcost", "budget"), "currency": ("currency",)},
    {"placement": ("name", "product.name", "productid"), "start": ("startdate",), "end": ("enddate",), "amount": ("cost", "lineamount", "budget"), "rate": ("rate", "price"),
     "rate_type": ("ratetype",), "quantity": ("qty", "quantity", "bookedquantity"), "currency": ("currency",), "comment": ("comment",)},
)  # fmt: skip
OPENPROPOSAL = Shape(
    "OpenProposal proposal", (("lines", "line_items"), ("proposal_id", "proposal", "commitment", "billing")), ("lines", "line_items"),
    {"contract_number": ("external_references.io_number", "external_references.order_id", "correlation_id", "proposal_id", "id"), "campaign": ("name", "title"),
     "advertiser": ("advertiser.name", "buyer.advertiser.name", "buyer.advertiser", "advertiser"), "agency": ("buyer.name", "agency.name", "agency", "billing.invoicing_party"),
     "station": ("billing.supplier", "seller.name", "seller"), "payment_terms": ("billing.payment_terms",), "flight_start": ("flight.start", "flight.start_date", "start_date"),
     "flight_end": ("flight.end", "flight.end_date", "end_date"), "gross_amount": ("total.amount", "total_amount", "total", "budget.amount"), "currency": ("currency", "total.currency", "budget.currency")},
    {"placement": ("name", "product.name", "product_id", "product"), "start": ("commitment.flight.start", "commitment.flight.start_date", "flight.start", "start_date"),
     "end": ("commitment.flight.end", "commitment.flight.end_date", "flight.end", "end_date"), "amount": ("commitment.spend", "cost", "amount", "price.total"),
     "rate": ("price.rate", "rate"), "rate_type": ("price.model", "pricing_model", "rate_type"), "quantity": ("commitment.units", "units", "quantity"), "currency": ("currency", "price.currency")},
)  # fmt: skip
SHAPES = (PLANMATIC, ADCP, OPENPROPOSAL, OPENDIRECT)
