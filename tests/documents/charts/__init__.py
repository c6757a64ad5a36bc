"""Tests of the charts: their specification, and what they look like as SVG."""
