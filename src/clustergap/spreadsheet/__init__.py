"""Reads spreadsheets (xlsx, ods, csv) as sheets of texts as a person sees them. Independent of clustergap."""
