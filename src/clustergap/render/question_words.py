"""What a document was asked, in sentences: the day, the place and so on, and which cells it shows."""

from collections.abc import Sequence

from clustergap.analysis.matrix import Matrix
from clustergap.model.dataset import Level, Role
from clustergap.render.look import query_in_words
from clustergap.render.origin import Origin
from clustergap.text import count, one_of


def question_in_words(matrix: Matrix) -> str:
    """Say in a sentence which instruments count."""
    words = query_in_words(matrix.query)
    return f"{words[0].upper()}{words[1:]}."


def foot_in_words(matrix: Matrix, origin: Origin) -> str:
    """Say what stands at the foot of every page: of what data it is, and under which question."""
    return f"{matrix.dataset.title}: {origin.data_in_words} {query_in_words(matrix.query)}"


def shown_in_words(matrix: Matrix) -> list[str]:
    """Say which roles and levels are shown, one sentence each; nothing where all are."""
    dataset = matrix.dataset
    return [
        *_shown(matrix.roles, dataset.roles, "role"),
        *_shown(matrix.levels, dataset.levels, "level"),
    ]


def _shown(shown: Sequence[Role | Level], whole: Sequence[Role | Level], noun: str) -> list[str]:
    if len(shown) == len(whole):
        return []
    names = one_of([one.name for one in shown])
    is_are = "is" if len(shown) == 1 else "are"
    return [f"Only {len(shown)} of {count(len(whole), noun)} {is_are} shown: {names}."]
