"""Files out: invoices, credit notes, order confirmations, reports, status pages, grids and sample orders.

Frozen data in, bytes out. No database, no clock, no file but the templates of this package.
"""
