"""The records of catalog."""

from makegood.catalog.models.agreed import ContractRate
from makegood.catalog.models.clauses import Clause, ClauseVersion
from makegood.catalog.models.guidelines import Guideline
from makegood.catalog.models.packages import Package, PackageItem
from makegood.catalog.models.sold import (
    Format,
    Placement,
    Product,
    Property,
    Rate,
    RateType,
    SpecProfile,
    SupplyCell,
    SupplyDay,
    TrafficCurve,
)  # fmt: skip

__all__ = [
    "Clause", "ClauseVersion", "ContractRate", "Format", "Guideline", "Package", "PackageItem", "Placement", "Product", "Property", "Rate",
    "RateType", "SpecProfile", "SupplyCell", "SupplyDay", "TrafficCurve",
]  # fmt: skip
