"""The list of documents received."""

from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import Column, Grid
from makegood.orders import queries, states

IMPORTS = Grid(
    key="imports", title="Import an order", rows=queries.import_list, area="orders", noun=("document", "documents"), row_height=43,
    crumbs=(c.Crumb("Orders", links.page("orders")), c.Crumb("Import")),
    columns=(
        Column("file", "Document", source="file.name", field="file__name", width=320),
        Column("status", "Status", "badge", choices=states.ImportStatus.choices, filterable=True, live=()),
        Column("advertiser", "Advertiser", source="advertiser.party.name", field="advertiser__party__name", filterable=True),
        Column("order", "Became", source="order.number", field="order__number"),
        Column("by", "Sent by", source="by.name", field="by__name"),
        Column("at", "Received", "datetime", filterable=True),
    ),
    default_sort="-at", default_filters={"status": "read"}, link=links.record, search=("file__name", "advertiser__party__name", "order__number"),
    empty=c.Empty("No document is waiting", "What you drop above is read at once and stands here until it is an order.", icon="file-import"),
)  # fmt: skip
