"""Tidy tables of a dataset and of its answers, for notebooks, R and SQL."""
