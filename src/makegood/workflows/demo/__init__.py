"""The demo seller: a fictional media group with a year of history, made through the actions people use.

Deterministic from a seed, dates relative to the moment passed in. The only place with invented data.
"""
