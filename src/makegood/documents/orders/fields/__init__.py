"""Facts of the whole document: labels found, candidate values beside and below them, the best consistent set chosen.

Works on leaves alike from PDF and spreadsheet; lines of the order are read in `table`.
"""
