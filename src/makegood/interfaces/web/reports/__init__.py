"""Reports: campaigns with their wrap-up reports, one report as a page, the leadership status."""
