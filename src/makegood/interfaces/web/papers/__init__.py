"""An order's documents and the clauses that stand on them."""
