"""Measure ``clustergap check`` beside what else validates the same records: rows of a table in Markdown, as ``run.py`` prints them.

The same instruments as YAML for ajv-cli, as a JSON twin for ``json.loads`` and as a CSV twin for frictionless. None of
them looks at references between records. CPU time (user and system) of whole processes, in turn.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from benchmarks.run import CLUSTERGAP, PYTHON, SCHEMA, compare, generate, measured, process, row

AJV_CLI, AJV_FORMATS = "ajv-cli@5.0.0", "ajv-formats@3.0.1"
AJV = Path(sys.prefix) / "peers" / "node_modules" / ".bin" / "ajv"
"""Where ajv-cli is installed; it reads YAML with js-yaml."""

FRICTIONLESS = str(Path(PYTHON).with_name("frictionless"))

JSON_ALONE = """
import gc, json, sys
gc.disable()
json.loads(open(sys.argv[1], encoding="utf-8").read())
"""

COLUMNS = ("id", "name", "kind", "starts", "ends", "source", "cell", "extent", "territories")
PATTERNS = {"id": "^[a-z0-9]+(-[a-z0-9]+)*$", "cell": "^[a-z0-9-]+@[a-z0-9-]+$"}


def main() -> None:
    print("| what | measured | target | met |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, most, runs in ((10_000, 0.65, 7), (100_000, 1.25, 3)):
            beside_ajv(generate(folder, number), number, most, runs)
        path = folder / "100000" / "instruments.yaml"
        # Before the twins are made, whose memory a child would begin with.
        _, memory = measured(CLUSTERGAP, "check", str(path))
        what = "peak memory of `clustergap check` on 100,000 instruments"
        row(what, f"{memory:.0f} MB", "at most 190 MB", met=memory <= 190)
        with_accents(path)
        beside_twins(path)


def beside_ajv(path: Path, number: int, most: float, runs: int) -> None:
    if not install_ajv():
        print("npm is missing: ajv-cli is not measured", file=sys.stderr)
        return
    # js-yaml makes dates of what is written so, which the schema wants as text: there they are free.
    schema = path.parent / "ajv" / "schema.json"
    schema.parent.mkdir()
    schema.write_text(json.dumps(without_dates(json.loads(Path(SCHEMA).read_text("utf-8")))))
    ajv = process(
        *(str(AJV), "validate", "--spec=draft2020", "--strict=false", "-c", "ajv-formats"),
        *("-s", str(schema), "-d", str(path)),
    )
    check = process(CLUSTERGAP, "check", str(path))
    what = f"`clustergap check` of {number:,} instruments / ajv-cli on the same YAML"
    compare(what, check, ajv, most, runs)


def install_ajv() -> bool:
    if AJV.exists():
        return True
    npm = shutil.which("npm")
    if npm is None:
        return False
    folder = AJV.parents[2]
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ("--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts")
    subprocess.run([npm, "install", "--prefix", folder, *quiet, AJV_CLI, AJV_FORMATS], check=True)
    return True


def without_dates(schema: object) -> object:
    """Return a schema in which the days of instruments and statements may be anything."""
    if isinstance(schema, list):
        return [without_dates(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    days = ("starts", "ends", "seen", "as_of", "reviewed", "until", "commits_until")
    return {key: True if key in days else without_dates(item) for key, item in schema.items()}


def beside_twins(path: Path) -> None:
    dataset = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    folder = path.parent / "twins"
    folder.mkdir()
    as_json, as_csv, table_schema = folder / "all.json", folder / "all.csv", folder / "table.json"
    as_json.write_text(json.dumps(dataset), encoding="utf-8")
    with as_csv.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(map(csv_row, dataset["instruments"]))
    fields = [
        {
            "name": name,
            "type": "date" if name in ("starts", "ends") else "string",
            "constraints": {"required": True}
            | ({"pattern": PATTERNS[name]} if name in PATTERNS else {})
            | ({"unique": True} if name == "id" else {})
            | ({"enum": ["full", "partial"]} if name == "extent" else {}),
        }
        for name in COLUMNS
    ]
    table_schema.write_text(json.dumps({"fields": fields}), encoding="utf-8")
    check = process(CLUSTERGAP, "check", str(path))
    what = "`clustergap check` of 100,000 instruments / {}"
    loads = process(PYTHON, "-c", JSON_ALONE, str(as_json))
    compare(what.format("`json.loads` of the JSON twin"), check, loads, 7, 3)
    frictionless = process(
        FRICTIONLESS, "validate", "--schema", str(table_schema), "--trusted", str(as_csv)
    )
    compare(what.format("frictionless on the CSV twin"), check, frictionless, 1, 3)


def csv_row(instrument: dict[str, Any]) -> list[str]:
    (cell, statement), *_ = instrument["covers"].items()
    return [
        *(instrument[key] for key in ("id", "name", "kind", "starts", "ends")),
        instrument["sources"][0]["ref"],
        cell,
        statement["extent"],
        " ".join(statement["territories"]),
    ]


def with_accents(path: Path) -> None:
    accented = path.parent / "accents" / path.name
    accented.parent.mkdir()
    text = path.read_text(encoding="utf-8")
    accented.write_text(text.replace("Instrument number", "Förderung Nummer"), encoding="utf-8")
    compare(
        "`clustergap check` of 100,000 instruments with a letter beyond ASCII in each name / without",
        process(CLUSTERGAP, "check", str(accented)),
        process(CLUSTERGAP, "check", str(path)),
        1.05,
        3,
    )


if __name__ == "__main__":
    main()
