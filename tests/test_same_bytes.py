"""The same input gives the same bytes on every version of Python that the program runs on."""

import builtins
import sys
from collections.abc import Iterable
from typing import Any

import pytest

from paths import ROOT
from printed_documents import DOCUMENTS, last_word
from running import run

_sum = sum


def add(numbers: Iterable[Any], /, start: Any = 0) -> Any:
    """Add as ``sum`` does, but for the program no fractions: since Python 3.12 their sum is another number."""
    numbers = list(numbers)
    if sys._getframe(1).f_globals["__name__"].startswith("clustergap."):  # noqa: SLF001 - who asks
        assert not [one for one in numbers if isinstance(one, float)], "math.fsum adds fractions"
    return _sum(numbers, start)


@pytest.mark.sampled(1, by=last_word)
@pytest.mark.parametrize("argv", DOCUMENTS, ids=" ".join)
def test_no_document_adds_fractions_in_a_way_that_python_has_changed(
    argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    expected = run(*argv)

    monkeypatch.setattr(builtins, "sum", add)
    outcome = run(*argv)

    assert outcome == expected, outcome.err
