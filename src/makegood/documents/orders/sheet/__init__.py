"""Workbooks and CSV files into leaves and into rows for the viewer. No meaning is given to the cells here."""
