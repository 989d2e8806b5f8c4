"""Formats of the findings."""

from collections.abc import Callable, Mapping

from clustergap.findings import CheckResult
from clustergap.render import check_github, check_json, check_junit, check_sarif
from clustergap.render.choices import CheckFormat

CHECK: Mapping[CheckFormat, Callable[[CheckResult], str]] = {
    CheckFormat.JSON: check_json.render,
    CheckFormat.GITHUB: check_github.render,
    CheckFormat.SARIF: check_sarif.render,
    CheckFormat.JUNIT: check_junit.render,
}
