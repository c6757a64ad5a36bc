"""Orders, lines and flights: the promise as signed, how it came in, and the inventory reserved for it."""
