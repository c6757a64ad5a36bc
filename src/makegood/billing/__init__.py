"""Invoices from counts and terms, the double-entry ledger, payments, credit notes and disputes."""
