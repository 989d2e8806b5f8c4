"""Make the page's style and script: each of the files of its folder joined and made small.

What is mailed shall be small, what is read shall be readable: edit the folders ``style`` and ``script`` of the templates,
never ``page.css`` and ``page.js``. Run ``make page``; a test keeps them equal.
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "src" / "clustergap" / "render" / "templates"
TERSER = ROOT / ".venv" / "tools" / "terser" / "node_modules" / ".bin" / "terser"

STYLES = ("colours", "layout", "matrix", "panel", "places", "print")
SCRIPTS = ("dom", "lookup", "question", "map", "panel", "places", "save", "start")
"""In the order in which they are joined."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,])\s*|\s+")


def style() -> str:
    """Return the whole style. Its strings hold no braces, commas or semicolons."""
    text = _COMMENT.sub("", _joined("style", STYLES, "css"))
    text = _SPACE.sub(lambda found: found[1] or " ", text)
    text = re.sub(r"(?<=[\w-]): ", ":", text).replace(";}", "}")
    return re.sub(r"(?<![\d.])0\.", ".", text).strip()


def script() -> str:
    """Return the whole script.

    Raises:
        FileNotFoundError: terser is not installed.
    """
    command = [str(TERSER), "--compress", "passes=3", "--mangle", "--toplevel", "--ecma", "2022"]
    made = subprocess.run(  # noqa: S603 - our own files
        command, input=_joined("script", SCRIPTS, "js"), capture_output=True, text=True, check=True
    )
    return made.stdout.strip()


def _joined(folder: str, names: tuple[str, ...], suffix: str) -> str:
    files = (TEMPLATES / folder / f"{name}.{suffix}" for name in names)
    return "".join(file.read_text(encoding="utf-8") for file in files)


if __name__ == "__main__":
    (TEMPLATES / "page.css").write_text(style(), encoding="utf-8")
    (TEMPLATES / "page.js").write_text(script(), encoding="utf-8")
