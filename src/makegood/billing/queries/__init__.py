"""Reads of billing: lists, one invoice explained, receivables."""
