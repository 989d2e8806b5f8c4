"""Territories that everybody shares: the EU27 and Eurostat's NUTS regions, as data files."""
