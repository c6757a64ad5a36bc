"""Files out: invoices, credit notes, reports, status pages, grids and sample orders. Orders and proposals are `documents.papers`.

Frozen data in, bytes out. No database, no clock, no file but the templates of this package.
"""
