"""Say how each command's time grows with each thing of which a dataset may have many: the exponent of its growth.

    python -m benchmarks.growth                 # everything, about half an hour
    python -m benchmarks.growth swot roles      # only these

One thing at a time is multiplied by four, all others stay. Time is CPU of whole processes, less that of the same command on
a dataset with next to nothing. An exponent of 1 is linear; a command that does not notice has one near 0.
"""

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.run import CLUSTERGAP, process

from clustergap.reference.territories import territories

MOST = 1.1
LEAST_SECONDS = 0.05
"""A growth from less than this is noise, and is not judged."""
FACTOR = 4
RUNS = 3
FEW = 500
"""The smaller number; each dimension takes of it what is usual for it."""

Data = dict[str, Any]

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "check": ("check", "DATA"),
    "matrix": ("matrix", "--names"),
    "gaps": ("gaps",),
    "needs": ("needs", "-f", "json"),
    "explain": ("explain", "role-0@region"),
    "list": ("list", "instruments", "-f", "csv"),
    "risks": ("risks",),
    "what-if": ("what-if", "--each", "-f", "json"),
    "timeline": ("timeline", "-f", "json"),
    "swot": ("swot",),
    "compare": ("compare", "AT", "BE"),
    "diff": ("diff", "DATA"),
    "page": ("report", "-f", "html"),
    "report md": ("report", "-f", "md"),
    "slides": ("report", "--all", "-f", "pptx", "-o", "-"),
}

REGIONS = [unit.code for unit in territories("nuts2-2024")]


def base(instruments: int = 400, roles: int = 6, levels: int = 1) -> Data:
    """Make a dataset of the usual shape: roles at a level of regions and at others, instruments that cover one cell each."""
    level_ids = ["region", *(f"level-{n}" for n in range(1, levels))]
    return {
        "schema": 1,
        "title": "Generated",
        "as_of": "2020-06-30",
        "sources": {"survey": {"title": "A survey"}},
        "roles": [{"id": f"role-{n}", "name": f"Role {n}"} for n in range(roles)],
        "levels": [
            {"id": id_, "name": id_.capitalize(), "territories": "nuts2-2024"} for id_ in level_ids
        ],
        "kinds": [{"id": "programme", "name": "Programme"}],
        "instruments": [
            {
                "id": f"instrument-{n}",
                "name": f"Instrument number {n}",
                "kind": "programme",
                "starts": str(2008 + n % 10),
                "ends": str(2019 + n % 7),
                "sources": [{"ref": "survey"}],
                "covers": {
                    f"role-{n % roles}@{level_ids[n // roles % levels]}": {
                        "extent": "full",
                        "territories": [REGIONS[(n + k) % len(REGIONS)] for k in (0, 7, 100)],
                    }
                },
            }
            for n in range(instruments)
        ],
    }


def of_instruments(number: int) -> Data:
    return base(10 * number)


def of_roles(number: int) -> Data:
    return base(roles=number // 10)


def of_levels(number: int) -> Data:
    return base(levels=number // 50)


def of_regions(number: int) -> Data:
    data = base()
    codes = [f"{'AT' if n % 2 else 'BE'}-{n}" for n in range(number)]
    units = [{"code": code, "name": f"Place {code}"} for code in codes]
    data["levels"] = [{"id": "region", "name": "Region", "territories": units}]
    for n, instrument in enumerate(data["instruments"]):
        for statement in instrument["covers"].values():
            statement["territories"] = [codes[(n + k) % number] for k in (0, 7, 100)]
    return data


def of_days(number: int) -> Data:
    data = base(4 * number)
    for n, instrument in enumerate(data["instruments"]):
        instrument["starts"] = str(date(2010, 1, 1) + timedelta(n % number))
    return data


def of_days_of_their_own(number: int) -> Data:
    data = base(5 * number, roles=3)
    for n, instrument in enumerate(data["instruments"]):
        instrument["starts"] = str(date(1990, 1, 1) + timedelta(n))
        instrument["ends"] = str(date(2019, 1, 1) + timedelta(n))
    return data


def of_kinds(number: int) -> Data:
    data, kinds = base(), number // 20
    data["kinds"] = [{"id": f"kind-{n}", "name": f"Kind {n}"} for n in range(kinds)]
    for n, instrument in enumerate(data["instruments"]):
        instrument["kind"] = f"kind-{n % kinds}"
    return data


def of_swot(number: int) -> Data:
    data = base()
    quadrants = ("strengths", "weaknesses", "opportunities", "threats")
    items = [
        {
            "id": f"{quadrants[n % 4][0]}{n}",
            "text": f"Sentence number {n}",
            **(
                {"roles": [f"role-{n % 6}"]}
                if n % 3
                else {"instruments": [f"instrument-{n % 400}"]}
            ),
        }
        for n in range(number * 2)
    ]
    data["swot"] = {name: items[k::4] for k, name in enumerate(quadrants)}
    return data


def of_covers(number: int) -> Data:
    data = base(200, roles=60, levels=5)
    cells = [f"role-{n}@{level['id']}" for n in range(60) for level in data["levels"]]
    for n, instrument in enumerate(data["instruments"]):
        (statement,) = instrument["covers"].values()
        many = max(1, number // 50)
        instrument["covers"] = {cells[(n * 7 + k) % len(cells)]: statement for k in range(many)}
    return data


def of_fragments(number: int) -> Data:
    data = base(2 * number)
    data["fragments"] = number
    return data


def of_notes(number: int) -> Data:
    data = base()
    for instrument in data["instruments"]:
        instrument["note"] = "A sentence of a note. " * (number // 10)
    return data


def of_lines(number: int) -> Data:
    data = base(6)
    for instrument in data["instruments"]:
        for statement in instrument["covers"].values():
            statement |= {"extent": "partial", "note": "a\n" * number}
    return data


def of_statements(number: int) -> Data:
    data = base(40)
    for n, instrument in enumerate(data["instruments"]):
        ((cell, _),) = instrument["covers"].items()
        instrument["covers"] = {
            cell: [
                {
                    "extent": "full",
                    "territories": [REGIONS[(n + k) % len(REGIONS)]],
                    "starts": str(date(2008, 1, 1) + timedelta(k)),
                }
                for k in range(number // 4)
            ]
        }
    return data


def of_parts(number: int) -> Data:
    data = base(4 * number)
    for instrument in data["instruments"][1:]:
        instrument["part_of"] = "instrument-0"
    return data


def of_chains(number: int) -> Data:
    data = base(2 * number)
    for n, instrument in enumerate(data["instruments"][1:]):
        instrument["funded_by"] = [f"instrument-{n}"]
    return data


def of_successors(number: int) -> Data:
    data = base(4 * number)
    for n, instrument in enumerate(data["instruments"][1:]):
        instrument["succeeded_by"] = [f"instrument-{n}"]
        instrument["ends"] = "2018"
    return data


def of_planned(number: int) -> Data:
    data = base(4 * number)
    for instrument in data["instruments"]:
        instrument["status"] = "planned"
    return data


DIMENSIONS: Mapping[str, Callable[[int], Data]] = {
    "instruments": of_instruments,
    "roles": of_roles,
    "levels": of_levels,
    "regions": of_regions,
    "days": of_days,
    "days of their own": of_days_of_their_own,
    "kinds": of_kinds,
    "swot": of_swot,
    "covers": of_covers,
    "fragments": of_fragments,
    "notes": of_notes,
    "lines of notes": of_lines,
    "statements": of_statements,
    "parts of one": of_parts,
    "chain of payers": of_chains,
    "successors": of_successors,
    "planned": of_planned,
}


def write(folder: Path, data: Data) -> Path:
    """Write a dataset to a folder of its own; JSON is YAML, and no reader's short cut is tried on it."""
    folder.mkdir(parents=True)
    swot, fragments = data.pop("swot", None), data.pop("fragments", 0)
    if fragments:
        (folder / "instruments").mkdir()
        records = data["instruments"]
        for n in range(fragments):
            part = {"instruments": records[n::fragments]}
            (folder / "instruments" / f"{n}.yaml").write_text(_yaml(part), encoding="utf-8")
        data["instruments"] = []
    (folder / "instruments.yaml").write_text(_yaml(data), encoding="utf-8")
    if swot:
        (folder / "swot.yaml").write_text(_yaml({"schema": 1, **swot}), encoding="utf-8")
    return folder


def _yaml(data: Mapping[str, Any]) -> str:
    return "".join(_lines(data))


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{key}:\n"
            for record in value:
                mark = "  - "
                for name, entry in record.items():
                    yield f"{mark}{name}: {json.dumps(entry)}\n"
                    mark = "    "
        else:
            yield f"{key}: {json.dumps(value)}\n"


def seconds(command: tuple[str, ...], folder: Path) -> float:
    """Measure a command on a dataset: the median of some runs."""
    words = [str(folder) if word == "DATA" else word for word in command]
    if words[0] != "check":
        words += ["--data", str(folder)]
    measure = process(CLUSTERGAP, *words, "--quiet")
    return statistics.median(measure() for _ in range(RUNS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dimensions", nargs="*", choices=list(DIMENSIONS))
    parser.add_argument("--command", action="append", choices=list(COMMANDS))
    chosen = parser.parse_args()
    commands = chosen.command or list(COMMANDS)
    print(f"| four times as many | {' | '.join(commands)} |\n|---|{'---|' * len(commands)}")
    grows_too_fast = False
    with tempfile.TemporaryDirectory() as name:
        nothing = write(Path(name) / "nothing", base(1))
        start_up = {what: seconds(COMMANDS[what], nothing) for what in commands}
        for dimension in chosen.dimensions or DIMENSIONS:
            make, folder = DIMENSIONS[dimension], Path(name) / dimension
            few = write(folder / "few", make(FEW))
            many = write(folder / "many", make(FEW * FACTOR))
            row = []
            for what in commands:
                less = seconds(COMMANDS[what], few) - start_up[what]
                more = seconds(COMMANDS[what], many) - start_up[what]
                if less < LEAST_SECONDS and more < LEAST_SECONDS * FACTOR:
                    row.append("–")
                    continue
                exponent = math.log(max(more, 1e-3) / max(less, LEAST_SECONDS)) / math.log(FACTOR)
                grows_too_fast |= exponent > MOST
                row.append(
                    f"{'**' if exponent > MOST else ''}{exponent:.2f}{'**' if exponent > MOST else ''} ({more:.2f} s)"
                )
            print(f"| {dimension} | {' | '.join(row)} |", flush=True)
    sys.exit(grows_too_fast)


if __name__ == "__main__":
    main()
