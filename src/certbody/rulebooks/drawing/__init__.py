"""Drawings made from the data: places are worked out here, templates write the SVG."""
