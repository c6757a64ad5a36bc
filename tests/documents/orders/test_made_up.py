"""Made-up orders of many layouts, every fact of which is known: parties, product, station, estimate, billing calendar, net, commission, lines."""
import random
from collections import Counter
from decimal import Decimal

from bench.order_family import drawn, facts, labelled
from makegood.documents.orders import assemble

MANY = 120
LEAST = 0.98
OTHERWISE = {"currency", "order_number", "invoice_number", "revision", "order_date"}  # often there without a label of their own


def test_every_fact_of_made_up_orders() -> None:
    asked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for seed in range(5000, 5000 + MANY):
        chance = random.Random(seed)
        one = facts.facts(chance)
        content = assemble.content(drawn.page(chance, one))
        for name, true in labelled.truth_of(one).items():
            if name in content.fields and name not in OTHERWISE:
                asked[name] += 1
                wrong[name] += not labelled.same(name, true, content.fields[name].value)
        total = sum((value for line in content.lines if isinstance(value := line.value("amount"), Decimal)), Decimal())
        asked["lines"] += 1
        wrong["lines"] += total != one.gross
    assert {name for name in ("agency", "product", "station", "estimate_number", "billing_calendar", "net_amount", "commission_amount") if asked[name] < 20} == set()
    assert {name: f"{wrong[name]} of {asked[name]}" for name in asked if 1 - wrong[name] / asked[name] < LEAST} == {}
