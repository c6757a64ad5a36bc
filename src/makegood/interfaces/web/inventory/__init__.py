"""The inventory calendar: what is left of each product by week, the exact answer of a cell, holds and what-ifs."""
