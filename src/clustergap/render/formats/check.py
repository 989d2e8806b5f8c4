"""Formats of the findings."""

from collections.abc import Callable, Mapping

from clustergap.findings import Report
from clustergap.render import check_json
from clustergap.render.choices import CheckFormat

CHECK: Mapping[CheckFormat, Callable[[Report], str]] = {
    CheckFormat.JSON: check_json.render,
}
