"""Findings as JUnit XML, as the Jenkins plug-in reads it (junit-10.xsd): one suite for each rule, one case for each finding.

A rule without findings has one case that passed; a rule that could not be checked has one that was skipped, so that
nothing unchecked looks green. A finding that does not fail the check passes, and is written as output.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Mapping

from clustergap.findings import CheckResult, Finding, Rule
from clustergap.text import count, visible
from clustergap.writers.github import inert


def write_findings(result: CheckResult) -> str:
    by_rule: dict[Rule, list[Finding]] = defaultdict(list)
    for finding in result.shown:
        by_rule[finding.rule].append(finding)
    root = ET.Element("testsuites", name="clustergap check")
    for rule in sorted({*result.rules, *by_rule}):
        _suite(root, rule, by_rule[rule], result)
    ET.indent(root)
    text = inert(ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(root: ET.Element, rule: Rule, findings: list[Finding], result: CheckResult) -> None:
    suite = _element(root, "testsuite", {"name": f"{rule.code} {rule.name}"})
    for finding in findings:
        _case(suite, finding, result)
    _not_shown(suite, rule, len(findings), result)
    why_not = "; ".join(why.value for skipped, why in result.skipped if skipped is rule)
    if why_not:
        case = _element(
            suite, "testcase", {"classname": rule.code, "name": "not judged everywhere"}
        )
        _element(case, "skipped", {"message": why_not})
    if not len(suite):
        name = f"no finding in {count(len(result.files), 'file')}"
        _element(suite, "testcase", {"classname": rule.code, "name": name})
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))


def _not_shown(suite: ET.Element, rule: Rule, number_shown: int, result: CheckResult) -> None:
    number = sum(finding.rule is rule for finding in result.findings) - number_shown
    if number:
        words = f"{count(number, 'finding')} more, not shown"
        case = _element(suite, "testcase", {"classname": rule.code, "name": words})
        if result.fails_by(rule.severity):
            _element(case, "failure", {"message": words, "type": f"{rule.code} {rule.name}"})


def _case(suite: ET.Element, finding: Finding, result: CheckResult) -> None:
    location = finding.location
    place = f"{location.path}:{location.line}:{location.column}"
    name = f"{place}: {finding.words}"
    case = _element(suite, "testcase", {"classname": location.path, "name": name})
    words = "\n".join(_lines(finding))
    if result.fails_by(finding.rule.severity):
        kind = f"{finding.rule.code} {finding.rule.name}"
        _element(case, "failure", {"message": finding.words, "type": kind}).text = words
    else:
        _element(case, "system-out", {}).text = f"{finding.rule.severity.value}: {words}"


def _lines(finding: Finding) -> list[str]:
    lines = [
        visible(finding.words),
        finding.hint,
        f"at {visible(finding.where)}" if finding.where else "",
    ]
    if finding.excerpt is not None:
        lines.append(f"{finding.location.line:>5} | {visible(finding.excerpt.text)}")
    return [line for line in lines if line]


def _element(parent: ET.Element, name: str, attributes: Mapping[str, str | int]) -> ET.Element:
    # Characters that XML cannot have are written as escapes, and attributes on one line.
    return ET.SubElement(
        parent, name, {key: visible(str(value)) for key, value in attributes.items()}
    )
