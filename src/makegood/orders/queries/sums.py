"""Do the sums of a document agree? Each check with what it comes to and by how much it is off."""

import dataclasses
from decimal import Decimal

from makegood.engine.money import Money, minor
from makegood.orders.checking import State


@dataclasses.dataclass(frozen=True)
class SumCheck:
    """One sum: what ours comes to, what the document says (None when it does not), and the difference; `least` is the smallest amount there is."""

    label: str
    ours: Decimal
    said: Decimal | None
    least: Decimal

    @property
    def off(self) -> Decimal:
        """Ours less the document's."""
        return self.ours - self.said if self.said is not None else Decimal(0)

    @property
    def equal(self) -> bool:
        """Within two of the smallest amounts, as rounding of printed figures allows."""
        return abs(self.off) <= 2 * self.least


def sums(state: State) -> tuple[SumCheck, ...]:
    """Lines against gross, commission, net, and units × rate by line."""
    said = {name: field.value if isinstance(field.value, Decimal) else None for name, field in state.fields.items()}
    least = minor(state.currency)
    found = [
        SumCheck("Lines add to the gross", state.gross, said.get("gross_amount"), least),
        SumCheck(f"Commission, {state.commission_pct.normalize():f} %", state.gross - state.net, said.get("commission_amount"), least),
        SumCheck("Net payable", state.net, said.get("net_amount"), least),
    ]
    products = [
        quantity * rate / (1000 if line.value("rate_type") == "CPM" else 1)
        if isinstance(rate := line.value("rate"), Decimal) and isinstance(quantity := line.value("quantity"), int)
        and line.value("rate_type") in ("CPM", "CPC", "CPV", "unit") else amount if isinstance(amount, Decimal) else Decimal(0)
        for line in state.lines for amount in [line.value("amount")]
    ]  # fmt: skip
    given = [line.value("amount") for line in state.lines]
    if given and all(isinstance(one, Decimal) for one in given):
        total = sum((one for one in given if isinstance(one, Decimal)), Decimal(0))
        found.append(SumCheck("Units × rate by line", Money(sum(products, Decimal(0)), state.currency).rounded().amount, total, least))
    return tuple(found)
