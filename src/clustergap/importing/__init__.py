"""Spreadsheets to data files: what is wrong is named by sheet and cell, and what is not said stays as it is."""
