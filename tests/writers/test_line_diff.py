"""What differs in two texts, line by line: applied to the one it gives the other."""

import re

from hypothesis import given
from hypothesis import strategies as st

from clustergap.writers.line_diff import CONTEXT, diff_lines

lines = st.lists(st.sampled_from("abcdefgh"), max_size=25)


def patched(before: list[str], diff: list[str]) -> list[str]:
    """Apply a unified diff, as patch does; its context must be what stands there."""
    after, place = [], 0
    for line in diff[2:]:
        head = re.fullmatch(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@", line)
        if head:
            start = int(head[1]) - (1 if int(head[2]) else 0)
            after += before[place:start]
            assert len(after) == int(head[3]) - (1 if int(head[4]) else 0)
            place = start
            continue
        if line[0] in " -":
            assert before[place] == line[1:]
            place += 1
        if line[0] in " +":
            after.append(line[1:])
    return after + before[place:]


@given(lines, lines)
def test_applied_to_the_one_it_gives_the_other(before: list[str], after: list[str]) -> None:
    assert patched(before, list(diff_lines(before, after, "x"))) == after


@given(lines)
def test_of_the_same_there_is_nothing_to_say(text: list[str]) -> None:
    assert list(diff_lines(text, text, "x")) == []


def test_far_changes_have_hunks_of_their_own() -> None:
    before = [str(number) for number in range(100)]
    after = [*before[:10], "new", *before[10:90], *before[91:]]

    diff = list(diff_lines(before, after, "x"))

    assert [line for line in diff if line.startswith("@@")] == [
        "@@ -8,6 +8,7 @@",
        "@@ -88,7 +89,6 @@",
    ]
    assert sum(line.startswith(" ") for line in diff) == 4 * CONTEXT
