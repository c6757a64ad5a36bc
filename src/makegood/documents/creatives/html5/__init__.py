"""HTML5 bundles: the archive, its pages, styles and scripts, read without running anything.
No unpacking to disk except `unpack`; no judgement of what is found.
"""
