"""Measure how fast and how big, as ratios of things measured in turn in one run: ``make bench``.

CPU time (user and system) of whole processes, or of one call in a process of its own where that is said; the machine's
speed drifts, so quote the ratios. Prints a table in Markdown, and says of each target whether it is met.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
PYTHON = sys.executable
DECK = str(HERE.parent / "data")
SCHEMA = str(HERE.parent / "schemas" / "instruments.schema.json")
CLUSTERGAP = str(Path(PYTHON).with_name("clustergap"))
CHECK_JSONSCHEMA = str(Path(PYTHON).with_name("check-jsonschema"))

IMPORTS = """
import typer, rich.console, rich.table, yaml, pydantic
class Model(pydantic.BaseModel):
    number: int
Model(number=1)
"""
YAML_ALONE = """
import sys, time, yaml
text = open(sys.argv[1], encoding="utf-8").read()
start = time.process_time()
yaml.load(text, Loader=yaml.CSafeLoader)
print(time.process_time() - start)
"""
CHECK = """
import gc, sys, time
gc.disable()  # as the program does
from pathlib import Path
from clustergap.loading.loader import check_dataset
from clustergap.loading.discovery import find_files
start = time.process_time()
report = check_dataset(find_files(Path(sys.argv[1])))
assert not report.findings
print(time.process_time() - start)
"""
FINDINGS = """
import gc, sys, time
gc.disable()
from pathlib import Path
from clustergap.loading.loader import check_dataset
from clustergap.loading.discovery import find_files
start = time.process_time()
report = check_dataset(find_files(Path(sys.argv[1])))
assert len(report.findings) == int(Path(sys.argv[1]).parent.name)
print(time.process_time() - start)
"""
MATRIX = """
import gc, sys, time
gc.disable()
from pathlib import Path
from clustergap.analysis.matrix import build_matrix
from clustergap.loading.loader import load_dataset
from clustergap.loading.discovery import find_files
from clustergap.model.query import Query
start = time.process_time()
dataset = load_dataset(find_files(Path(sys.argv[1]))).dataset
loaded = time.process_time()
build_matrix(dataset, Query())
print((time.process_time() - loaded) / (loaded - start))
"""
TIMELINE = """
import gc, sys, time
gc.disable()
from pathlib import Path
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.timeline import build_timeline
from clustergap.loading.loader import load_dataset
from clustergap.loading.discovery import find_files
from clustergap.model.query import Query
matrix = build_matrix(load_dataset(find_files(Path(sys.argv[1]))).dataset, Query())
start = time.process_time()
assert build_timeline(matrix).events
print(time.process_time() - start)
"""
PLACES = """
import gc, sys, time
gc.disable()
from pathlib import Path
from clustergap.analysis.compare import compare_places
from clustergap.analysis.measures import measure_places
from clustergap.loading.loader import load_dataset
from clustergap.loading.discovery import find_files
from clustergap.model.query import Query
from clustergap.reference.territories import territories
dataset = load_dataset(find_files(Path(sys.argv[1]))).dataset
places = [unit.code for unit in territories("nuts3-2024")][:int(sys.argv[2])]
start = time.process_time()
assert len(measure_places(compare_places(dataset, Query(), places))) == len(places)
print(time.process_time() - start)
"""

Measure = Callable[[], float]


def process(*command: str) -> Measure:
    """Measure the CPU seconds of a whole process."""

    def measure() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return measure


def call(script: str, path: Path, *words: str) -> Measure:
    """Measure what a script says of itself."""
    command = [PYTHON, "-c", script, str(path), *words]
    return lambda: float(subprocess.run(command, capture_output=True, check=True).stdout)


def measured(*command: str) -> tuple[float, float]:
    """Measure one run of a process: its CPU seconds, and its peak memory in MB."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def in_turn(one: Measure, other: Measure, runs: int) -> tuple[float, float, float]:
    """Measure two things in turn; return both medians and the median of the ratios."""
    if runs > 1:
        one(), other()  # a warm-up; what takes a minute needs none
    pairs = [(one(), other()) for _ in range(runs)]
    ratios = [a / b for a, b in pairs]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(ratios),
    )


def row(what: str, value: str, target: str, *, met: bool) -> None:
    print(f"| {what} | {value} | {target} | {'yes' if met else 'NO'} |", flush=True)


def compare(what: str, one: Measure, other: Measure, most: float, runs: int) -> None:
    """Print a row about two things of which the first may take *most* times the second."""
    first, second, ratio = in_turn(one, other, runs)
    row(
        what,
        f"{ratio:.2f}x ({first:.3f} s / {second:.3f} s)",
        f"at most {most:g}x",
        met=ratio <= most,
    )


def start_up() -> None:
    compare(
        "`clustergap --version` / `python -c pass`",
        process(CLUSTERGAP, "--version"),
        process(PYTHON, "-c", "pass"),
        2,
        31,
    )
    # As uv writes the script; older versions of pip write one that imports re, which takes longer than the answer.
    completion = (
        "_CLUSTERGAP_COMPLETE=complete_bash",
        "COMP_WORDS=clustergap matrix --le",
        "COMP_CWORD=2",
    )
    script = "from clustergap.__main__ import run; run()"
    compare(
        "completion of an option / `python -c pass`",
        process("env", *completion, PYTHON, "-c", script),
        process("env", *completion, PYTHON, "-c", "pass"),
        1.5,
        31,
    )
    compare(
        "`python -c 'import clustergap'` / `python -c pass`",
        process(PYTHON, "-c", "import clustergap"),
        process(PYTHON, "-c", "pass"),
        1.3,
        31,
    )
    compare(
        "the matrix of the deck in Python (`print(clustergap.deck().matrix())`) / `clustergap matrix`",
        process(PYTHON, "-c", "import clustergap; print(clustergap.deck().matrix())"),
        process(CLUSTERGAP, "matrix", "--quiet"),
        1.25,
        31,
    )
    compare(
        "`clustergap matrix` on the deck / importing its four libraries and building one model",
        process(CLUSTERGAP, "matrix", "--quiet"),
        process(PYTHON, "-c", IMPORTS),
        1.2,
        31,
    )
    compare(
        "`clustergap check` on the deck / `clustergap matrix` on the deck",
        process(CLUSTERGAP, "check", DECK, "--today", "today"),
        process(CLUSTERGAP, "matrix", "--data", DECK),
        1.15,
        31,
    )


def report() -> None:
    """Compare the whole page with the matrix alone, without what its template's library takes to import."""
    page, template, bare = (
        process(CLUSTERGAP, "report", "--quiet"),
        process(PYTHON, "-c", "import jinja2"),
        process(PYTHON, "-c", "pass"),
    )
    compare(
        "`clustergap report` without importing jinja2 / `clustergap matrix`, on the deck",
        lambda: page() - (template() - bare()),
        process(CLUSTERGAP, "matrix", "--quiet"),
        1.5,
        31,
    )


def loading(folder: Path) -> None:
    paths = {}
    for number, runs in ((1_000, 11), (10_000, 5), (100_000, 1)):
        path = paths[number] = generate(folder, number)
        compare(
            f"load and check {number:,} instruments / `yaml.load` with CSafeLoader alone",
            call(CHECK, path),
            call(YAML_ALONE, path),
            0.3,
            runs,
        )
    _, _, growth = in_turn(call(CHECK, paths[100_000]), call(CHECK, paths[10_000]), 3)
    row(
        "load and check 100,000 / 10,000 instruments",
        f"{growth:.1f}x",
        "linear: about 10x",
        met=growth < 12,
    )
    path = folder / "100000" / "instruments.yaml"
    _, memory = measured(CLUSTERGAP, "check", str(path))
    size = path.stat().st_size / 1024 / 1024
    row(
        f"peak memory of `clustergap check` on 100,000 instruments ({size:.0f} MB)",
        f"{memory:.0f} MB",
        "below 500 MB",
        met=memory < 500,
    )


def peers(folder: Path) -> None:
    """Compare with the schema's own checker, which finds wrong shapes but no wrong reference."""
    for number, least in ((10_000, 20), (100_000, 30)):
        path = str(folder / str(number) / "instruments.yaml")
        theirs, their_peak = measured(CHECK_JSONSCHEMA, "--schemafile", SCHEMA, path)
        ours, our_peak = measured(CLUSTERGAP, "check", path, "--today", "today")
        row(
            f"check-jsonschema {version('check-jsonschema')} / `clustergap check` on {number:,} instruments",
            f"{theirs / ours:.1f}x ({theirs:.1f} s / {ours:.2f} s)",
            f"at least {least}x",
            met=theirs / ours >= least,
        )
    row(
        "peak memory of `clustergap check` / check-jsonschema on 100,000 instruments",
        f"{our_peak / their_peak:.2f}x ({our_peak:.0f} MB / {their_peak:.0f} MB)",
        "below 0.33x",
        met=our_peak / their_peak < 1 / 3,
    )


def findings(folder: Path) -> None:
    """Compare many findings in one file with four times as many."""
    few, many = (wrong(folder, number) for number in (5_000, 20_000))
    second, first, ratio = in_turn(call(FINDINGS, many), call(FINDINGS, few), 5)
    row(
        "`check` of 20,000 / 5,000 findings in one file",
        f"{ratio:.1f}x ({second:.2f} s / {first:.2f} s)",
        "linear: about 4x",
        met=ratio < 5,
    )


def wrong(folder: Path, number: int) -> Path:
    """Write a dataset in which every instrument cites a source that is not there."""
    right = generate(folder / "right", number)
    path = folder / "wrong" / str(number) / "instruments.yaml"
    path.parent.mkdir(parents=True)
    text = right.read_text(encoding="utf-8")
    path.write_text(text.replace("ref: survey", "ref: servey"), encoding="utf-8")
    return path


def engine(folder: Path) -> None:
    ratio = call(MATRIX, folder / "100000" / "instruments.yaml")()
    row(
        "`build_matrix` on 100,000 instruments and 244 regions / loading them",
        f"{ratio:.3f}x",
        "below 0.25x",
        met=ratio < 0.25,
    )


def comparisons(folder: Path) -> None:
    """Compare what rates many matrices, or a matrix through time, with rating one."""
    path = str(folder / "10000" / "instruments.yaml")
    matrix = process(CLUSTERGAP, "matrix", "--data", path)
    for words, most in (
        (("what-if", "--each"), 5),
        (("what-if", "--each", "-f", "json"), 5),
        (("timeline",), 5),
        (("risks",), 2.5),
        (("diff", path), 2.5),
        (("list", "instruments"), 1.2),
        (("list", "instruments", "-f", "csv"), 1.2),
        (("explain", "circular-economy@region"), 1.4),
        (("list", "instruments", "-f", "json"), 2),
        (("list", "instruments", "-f", "html"), 4),
        (("rename", "instrument-5000", "renamed", "--dry-run"), 2.5),
    ):
        what = " ".join(word for word in words if word != path)
        compare(
            f"`clustergap {what}` / `clustergap matrix` on 10,000 instruments",
            process(CLUSTERGAP, *words, "--data", path),
            matrix,
            most,
            7,
        )


def relations(folder: Path) -> None:
    """Compare instruments of which a tenth hang together in chains of three with the same without these."""
    for number, runs in ((10_000, 11), (100_000, 3)):
        related = str(generate(folder / "related", number, "relations"))
        plain = str(folder / str(number) / "instruments.yaml")
        for words, most in (
            (("matrix",), 1.1),
            (("check",), 1.1),
            (("timeline",), 1.1),
            (("what-if", "--each", "-f", "json"), 1.5),
        ):
            compare(
                f"`clustergap {' '.join(words)}` of {number:,} instruments with relations / without",
                process(CLUSTERGAP, *words, "--data", related),
                process(CLUSTERGAP, *words, "--data", plain),
                most,
                runs,
            )


def places(folder: Path) -> None:
    """Compare places side by side with one matrix, and many places with fewer; the generated data have 18 cells."""
    matrix, compared = process(CLUSTERGAP, "matrix", "--quiet"), ("compare", "RO", "BG", "--quiet")
    compare(
        "`clustergap compare RO BG` / `clustergap matrix`, on the deck",
        process(CLUSTERGAP, *compared),
        matrix,
        1.2,
        31,
    )
    every = ("--level", "eu", "--level", "country", "--level", "region")
    for what, part in (("", folder), (" with relations", folder / "related")):
        data = str(part / "10000" / "instruments.yaml")
        for words, most in (
            (("--each", "country"), 2),
            (("--each", "country", "--measures", "-f", "json"), 2),
            (("--each", "region"), 4),
            (("--each", "region", "-f", "json"), 4),
        ):
            compare(
                f"`clustergap compare {' '.join(words)}` / `clustergap matrix` on 10,000 instruments{what}",
                process(CLUSTERGAP, "compare", *words, *every, "--data", data),
                process(CLUSTERGAP, "matrix", "--data", data),
                most,
                7,
            )
    path = folder / "10000" / "instruments.yaml"
    second, first, ratio = in_turn(call(PLACES, path, "1165"), call(PLACES, path, "233"), 5)
    row(
        "`compare_places` and `measure_places` of 1,165 / 233 places on 10,000 instruments",
        f"{ratio:.1f}x ({second:.2f} s / {first:.2f} s)",
        "linear: at most about 5x",
        met=ratio < 6,
    )


def time_and_size(folder: Path) -> None:
    """Compare a timeline of four times as many covers, on the same dates and each on dates of its own."""
    for what, words in (("the same 23 dates", ()), ("dates of their own", ("days",))):
        few, many = (generate(folder / what, number, *words) for number in (10_000, 40_000))
        second, first, ratio = in_turn(call(TIMELINE, many), call(TIMELINE, few), 5)
        row(
            f"`build_timeline` of 40,000 / 10,000 covers with {what}",
            f"{ratio:.1f}x ({second:.2f} s / {first:.2f} s)",
            "linear: at most about 4x",
            met=ratio < 5,
        )


def generate(folder: Path, number: int, *words: str) -> Path:
    """Write a dataset of its own folder."""
    path = folder / str(number) / "instruments.yaml"
    path.parent.mkdir(parents=True)
    command = [PYTHON, str(HERE / "generate.py"), str(number), *words]
    with path.open("w", encoding="utf-8") as file:
        subprocess.run(command, stdout=file, check=True)
    return path


def main() -> None:
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("typer", "rich", "pydantic", "pyyaml")
    )
    print(
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores; {libraries}\n"
    )
    print("| what | measured | target | met |\n|---|---|---|---|")
    start_up()
    report()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        loading(folder)
        peers(folder)
        findings(folder)
        engine(folder)
        comparisons(folder)
        relations(folder)
        places(folder)
        time_and_size(folder)


if __name__ == "__main__":
    main()
