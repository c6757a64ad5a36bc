"""Reads of creatives: approvals in force, precedents, lists, the creative room."""
