"""What ``make test`` leaves out is the same each time, leaves some of each kind, and runs with ``make test-all``."""

import pytest

from paths import TESTS
from sampling import spread

pytest_plugins = ["pytester"]

SUITE = """
    import pytest
    from hypothesis import settings

    def short(number): return number < 100

    @pytest.mark.parametrize("number", range(103))
    @pytest.mark.sampled(2, by=short)
    def test_numbers(number): pass

    @pytest.mark.exhaustive
    def test_long(): pass

    def test_values(sample): print("tried", len(sample(range(21), 5)), settings().max_examples)
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest((TESTS / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini(f"[pytest]\npythonpath = {TESTS / 'helpers'}")
    pytester.makepyfile(SUITE)
    return pytester


def test_some_cases_of_each_kind_run_and_the_others_are_deselected(
    suite: pytest.Pytester,
) -> None:
    result = suite.runpytest_inprocess("-rA")

    result.assert_outcomes(passed=5, deselected=100)
    passed = [
        line.split("[")[1] for line in result.outlines if line.startswith("PASSED") and "[" in line
    ]
    assert passed == ["0]", "50]", "100]", "101]"]
    result.stdout.fnmatch_lines(["tried 5 12"])


def test_everything_runs_in_full_where_it_is_asked_for(suite: pytest.Pytester) -> None:
    result = suite.runpytest_inprocess("-rA", "--exhaustive")

    result.assert_outcomes(passed=105)
    result.stdout.fnmatch_lines(["tried 21 300"])


def test_a_case_that_is_asked_for_by_its_name_runs(suite: pytest.Pytester) -> None:
    suite.runpytest_inprocess("-k", "99").assert_outcomes(passed=1, deselected=104)


@pytest.mark.parametrize(
    ("number", "most", "expected"),
    [(10, 3, [0, 3, 6]), (10, 1, [0]), (3, 5, [0, 1, 2]), (0, 5, [])],
)
def test_a_sample_is_spread_over_all_values(number: int, most: int, expected: list[int]) -> None:
    assert spread(range(number), most) == expected
