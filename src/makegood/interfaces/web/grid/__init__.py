"""The one grid: every list of the product. State lives in the URL; rows come from a package's query."""
