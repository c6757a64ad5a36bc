"""Advertisers and agencies: who they are, what they owe, what was agreed for the year. Knows no order."""
