"""Use cases that write downstream of where they start: from a document to a booked order, from counts to an invoice."""
