"""VAST tags: read into facts, held against the standard's structure by version, their macros known.
Nothing is fetched and nothing is judged here.
"""
