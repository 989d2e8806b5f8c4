"""From spreadsheets to data files: problems are named by sheet and cell, and what a table does not say stays as it is."""
