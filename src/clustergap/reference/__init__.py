"""The shared territories: the EU27 and Eurostat's NUTS regions, as data files."""
