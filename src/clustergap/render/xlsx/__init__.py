"""Workbooks: one module for each sheet, and what all sheets are written with. No formula, no macro; texts stay texts."""
