"""Approval rules as pages: the list, a change of one (which another person approves), and trying what they would ask."""
