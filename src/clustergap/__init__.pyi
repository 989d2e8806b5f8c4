from clustergap.api.answer import Answer as Answer
from clustergap.api.data_change import DataChange as DataChange
from clustergap.api.policy_data import PolicyData as PolicyData
from clustergap.api.reading import deck as deck
from clustergap.api.reading import read as read
from clustergap.errors import ClusterGapError as ClusterGapError
from clustergap.findings import DataError as DataError

__version__: str

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
