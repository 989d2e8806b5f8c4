"""Answers as rows, for every output that is a table of values: one row for each cell, gap, need or risk."""
