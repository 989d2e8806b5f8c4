"""What another program writes all over a file is told once, with its reason; what a person has written, place by place."""

from pathlib import Path

import pytest
import yaml

from clustergap.loading.discovery import find_files
from clustergap.loading.loader import check_dataset
from clustergap.loading.yaml_dialect import OpenEvents, PureParser, open_events
from clustergap.loading.yaml_reader import MOST_APART, build_tree

PARSERS = pytest.mark.parametrize("parser", [open_events, PureParser], ids=["libyaml", "pure"])


def messages(text: str, parser: OpenEvents) -> list[str]:
    return [one.message for one in build_tree(text, {}, parser).refusals]


@PARSERS
def test_a_few_aliases_are_told_where_they_stand(parser: OpenEvents) -> None:
    text = "a: &x [1]\nb: [" + "*x, " * (MOST_APART - 1) + "]\n"

    assert messages(text, parser) == [
        "the anchor '&x' is not read here",
        *["the alias '*x' is not read here"] * (MOST_APART - 1),
    ]


@PARSERS
def test_many_aliases_are_one_finding_at_the_first_with_its_reason(parser: OpenEvents) -> None:
    text = "z: !t 1\na: &x {b: 1}\n" + "".join(f"k{n}: {{<<: *x}}\n" for n in range(500))

    (tag, aliases) = build_tree(text, {}, parser).refusals

    assert tag.message == "the tag '!t' is not read here"
    assert aliases.message == (
        "the anchor '&x' is not read here, nor are 1,000 more anchors and aliases: your writer makes them"
    )
    assert aliases.hint.startswith("switch aliases off there (PyYAML: Dumper.ignore_aliases")
    assert text[aliases.offset :].startswith("&x")


@PARSERS
def test_many_tags_are_one_finding(parser: OpenEvents) -> None:
    text = "".join(f"k{n}: !!python/tuple [1]\n" for n in range(300))

    (tags,) = build_tree(text, {}, parser).refusals

    assert (
        "'tag:yaml.org,2002:python/tuple' is not read here, nor are 299 more tags" in tags.message
    )
    assert "safe_dump" in tags.hint


@PARSERS
def test_they_are_told_once_although_the_file_is_no_yaml_further_down(parser: OpenEvents) -> None:
    text = "a: &x 1\n" + "".join(f"k{n}: *x\n" for n in range(50)) + "b: [\n"

    assert len(messages(text, parser)) == 2


def dataset() -> dict[str, object]:
    covers, sources = {"a@eu": "full"}, [{"ref": "deck"}]
    return {
        "schema": 1,
        "title": "T",
        "sources": {"deck": {"title": "Deck"}},
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "a", "name": "A"}],
        "instruments": [
            {"id": f"i{n}", "name": f"I {n}", "covers": covers, "sources": sources}
            for n in range(100)
        ],
    }


def test_a_file_of_pyyaml_is_one_finding_and_right_once_its_advice_is_followed(
    tmp_path: Path,
) -> None:
    class Dumper(yaml.SafeDumper):  # type: ignore[misc]  # PyYAML is untyped
        pass

    path = tmp_path / "instruments.yaml"
    path.write_text(yaml.dump(dataset(), Dumper=Dumper), encoding="utf-8")
    (finding,) = check_dataset(find_files(path)).findings
    Dumper.ignore_aliases = lambda *_: True
    path.write_text(yaml.dump(dataset(), Dumper=Dumper), encoding="utf-8")

    assert finding.rule.code == "CG005"
    assert check_dataset(find_files(path)).findings == ()
