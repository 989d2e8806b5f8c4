"""Make the page's scripts and style sheets small: each part of ``writers/templates`` as ``templates/minified`` holds it.

A part keeps the names that others may use; within it names become short. Part of ``make golden``.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from clustergap.writers.page_code import SCRIPTS, STYLES

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "src/clustergap/writers/templates"
MINIFIED = TEMPLATES / "minified"
ESBUILD = ROOT / ".venv/tools/esbuild/node_modules/esbuild/bin/esbuild"

# esbuild leaves this blank, as a script may read it; ours do not.
_BEFORE_VALUE = re.compile(r"(--[\w-]+:) ")


def parts() -> Iterator[Path]:
    """Return the files of which the page is made: scripts, and style sheets."""
    yield from (TEMPLATES / "script" / f"{name}.js" for name in SCRIPTS)
    yield from (TEMPLATES / f"{name}.css" for name in STYLES)


def minify(file: Path) -> str:
    """Return a script or style sheet without what only authors need."""
    command = [str(ESBUILD), "--minify", "--charset=utf8", f"--loader={file.suffix[1:]}"]
    done = subprocess.run(command, input=file.read_bytes(), capture_output=True, check=True)  # noqa: S603 - our own
    code = done.stdout.decode().strip()
    if file.suffix == ".css":
        return _BEFORE_VALUE.sub(r"\1", code)
    return code.replace(
        "\u00a0", "\\u00a0"
    )  # esbuild writes the space itself, which nobody would see


def main() -> None:
    MINIFIED.mkdir(exist_ok=True)
    for file in MINIFIED.iterdir():
        file.unlink()
    for file in parts():
        (MINIFIED / file.name).write_text(minify(file), encoding="utf-8")


if __name__ == "__main__":
    main()
