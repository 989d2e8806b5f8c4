"""Cluster policy gap analysis: which roles of clusters does policy support, at which level, and where is there a gap?

Everything here is stable: ``read`` and ``deck`` return a ``PolicyData``, its questions return an ``Answer``. docs/how-to/python.md
teaches it. Names are imported when they are first used, so that ``import clustergap`` takes no time.
"""

__version__ = "0.1.0"

_HOMES = {
    "Answer": "clustergap.api.answer",
    "ClusterGapError": "clustergap.errors",
    "DataChange": "clustergap.api.data_change",
    "DataError": "clustergap.findings",
    "PolicyData": "clustergap.api.policy_data",
    "deck": "clustergap.api.reading",
    "read": "clustergap.api.reading",
}
"""Where each name is."""

__all__ = [
    "Answer",
    "ClusterGapError",
    "DataChange",
    "DataError",
    "PolicyData",
    "__version__",
    "deck",
    "read",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    from importlib import import_module  # noqa: PLC0415 - only a name needs it

    globals()[name] = value = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
