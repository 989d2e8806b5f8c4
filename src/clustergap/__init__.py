"""Cluster policy gap analysis: which cells of roles and levels have no instrument, and why."""

__version__ = "0.1.0"
