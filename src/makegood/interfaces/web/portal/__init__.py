"""What clients see: their campaigns in plain words, on a phone first. The seller's pages are closed to them."""
