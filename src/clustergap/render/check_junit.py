"""The findings as JUnit's XML, as the Jenkins plug-in reads it (junit-10.xsd): a suite a rule, a case a finding.

A rule that found nothing is one case that passed; one that could not be judged is one that was skipped, so that
nothing looks green that nobody looked at. A finding by which the check does not fail passes, and is told beside.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict

from clustergap.findings import Finding, Report, Rule
from clustergap.render.grammar.xml_text import element, write_xml
from clustergap.wording import count, visible


def render(report: Report) -> str:
    by_rule: dict[Rule, list[Finding]] = defaultdict(list)
    for finding in report.shown:
        by_rule[finding.rule].append(finding)
    root = ET.Element("testsuites", name="clustergap check")
    for rule in sorted({*report.rules, *by_rule}):
        _suite(root, rule, by_rule[rule], report)
    return write_xml(root)


def _suite(root: ET.Element, rule: Rule, findings: list[Finding], report: Report) -> None:
    why_not = "; ".join(why.value for one, why in report.unjudged if one is rule)
    failures = sum(report.fails_by(finding) for finding in findings)
    skipped = int(not findings and bool(why_not))
    counts = {
        "tests": max(1, len(findings)),
        "failures": failures,
        "errors": 0,
        "skipped": skipped,
    }
    suite = element(root, "testsuite", {"name": f"{rule.code} {rule.name}", **counts})
    for finding in findings:
        _case(suite, finding, report)
    if not findings:
        read = count(len(report.files), "file")
        case = element(
            suite, "testcase", {"classname": rule.code, "name": f"no finding in {read}"}
        )
        if why_not:
            element(case, "skipped", {"message": why_not})
    not_shown = sum(one.rule is rule for one in report.findings) - len(findings)
    if not_shown:
        element(suite, "system-out", {}).text = f"{count(not_shown, 'finding')} more, not shown"


def _case(suite: ET.Element, finding: Finding, report: Report) -> None:
    location = finding.location
    place = f"{location.path}:{location.line}:{location.column}"
    name = f"{place}: {finding.message}"
    case = element(suite, "testcase", {"classname": location.path, "name": name})
    words = "\n".join(_lines(finding))
    if report.fails_by(finding):
        kind = f"{finding.rule.code} {finding.rule.name}"
        element(case, "failure", {"message": finding.message, "type": kind}).text = words
    else:
        element(case, "system-out", {}).text = f"{finding.rule.severity.value}: {words}"


def _lines(finding: Finding) -> list[str]:
    lines = [
        visible(finding.message),
        finding.hint,
        f"at {visible(finding.where)}" if finding.where else "",
    ]
    if finding.excerpt is not None:
        lines.append(f"{finding.location.line:>5} | {visible(finding.excerpt.text)}")
    return [line for line in lines if line]
