"""Slides: planned as plain data, in points, then drawn into a file by the one module that knows how."""
