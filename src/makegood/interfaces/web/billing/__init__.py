"""Billing: the close, the list of invoices with receivables, and one invoice explained line by line."""
