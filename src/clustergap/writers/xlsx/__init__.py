"""Workbooks for Excel and its like: cells as they should look, lists, and tables with marks."""
