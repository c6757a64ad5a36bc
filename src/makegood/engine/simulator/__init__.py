"""Simulator: the decision's own rule over sampled or recorded traffic, at any speed of the clock.

Steps drawn or as mean flows; randomness is passed in.
"""
