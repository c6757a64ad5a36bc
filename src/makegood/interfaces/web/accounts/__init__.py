"""Accounts and master agreements: lists, one of each in full, credit and life of an agreement."""
