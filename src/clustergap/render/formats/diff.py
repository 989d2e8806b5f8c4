"""Formats of the difference between two datasets."""

from collections.abc import Callable, Mapping

from clustergap.analysis.diff import Difference
from clustergap.document import Origins
from clustergap.render import diff_json, diff_md
from clustergap.render.choices import TextFormat

DIFF: Mapping[TextFormat, Callable[[Difference, Origins], str]] = {
    TextFormat.JSON: diff_json.render,
    TextFormat.MD: diff_md.render,
}
