"""The table of lines: its header found by its words, columns by position, rows told from totals and notes.

Works on leaves alike from PDF and spreadsheet.
"""
