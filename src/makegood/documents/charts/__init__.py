"""One definition per chart, drawn for pages, PDF and slides from the same frozen data. Title is the finding.

Nothing here knows where the figures come from; `rendering` turns any chart into a specification, SVG or PNG.
"""
