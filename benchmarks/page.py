"""Measure the gap map in a browser: how large it is, how soon it can be used, how soon it answers.

Prints the rows of a table in Markdown, as ``run.py`` does. Chromium without a screen, each figure the median of several
openings; what a person waits for is from the event to the next frame.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tests/helpers"))

from playwright.sync_api import Browser  # noqa: E402

from chromium import chromium  # noqa: E402 - from tests/helpers/, which is no package

CLUSTERGAP = str(Path(sys.executable).with_name("clustergap"))
OPENINGS = 9

WAIT = """
async ([selector, event, run]) => {
  const element = document.querySelector(selector);
  if (selector === "#clear") document.querySelector("input[name=coverage]").click();
  const start = performance.now();
  if (event === "click") element.click();
  else {
    const { length } = element.options;
    element.selectedIndex = (1 + Math.floor(length * (run % 7) / 7)) % length;
    element.dispatchEvent(new Event(event, { bubbles: true }));
  }
  document.body.offsetHeight;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}
"""
INTERACTIVE = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
ACTIONS = {
    "a coverage filter": ("input[name=coverage]", "click"),
    "a level filter": ("input[name=level]", "click"),
    "Clear": ("#clear", "click"),
    "another day": ("#stop", "input"),
    "another kind": ("#kind", "change"),
}


def row(what: str, value: str, target: str, *, met: bool) -> None:
    print(f"| {what} | {value} | {target} | {'yes' if met else 'NO'} |", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        deck = page(folder / "deck.html", ROOT / "data")
        size(deck, "the deck", 130_000)
        opening(browser, deck, "the deck", 300)
        for words in ((), ("days",)):
            what = f"60 roles x 5 levels x 2,000 instruments{', each with days of its own' if words else ''}"
            large = page(folder / "large.html", generate(folder, *words))
            size(large, what, 3_000_000)
            opening(browser, large, what, None)
            answers(browser, large, what, 100)


def page(path: Path, data: Path) -> Path:
    """Write the gap map of a dataset."""
    subprocess.run([CLUSTERGAP, "report", "-q", "--data", str(data), "-o", str(path)], check=True)
    return path


def generate(folder: Path, *words: str) -> Path:
    """Write the large dataset."""
    path = folder / "instruments.yaml"
    command = [sys.executable, str(HERE / "wide.py"), "2000", *words]
    with path.open("w", encoding="utf-8") as file:
        subprocess.run(command, stdout=file, check=True)
    return path


def size(path: Path, what: str, most: int) -> None:
    found = path.stat().st_size
    row(f"the page of {what}", f"{found:,} bytes", f"at most {most:,} bytes", met=found <= most)


def opening(browser: Browser, path: Path, what: str, most: int | None) -> None:
    """Measure how soon a page answers to its reader, from when it is asked for."""
    times = []
    for _ in range(OPENINGS):
        context = browser.new_context()
        opened = context.new_page()
        opened.goto(path.as_uri())
        times.append(float(opened.evaluate(INTERACTIVE)))
        context.close()
    found = statistics.median(times)
    target = f"below {most} ms" if most else "none"
    row(f"{what}: interactive after", f"{found:.0f} ms", target, met=most is None or found < most)


def answers(browser: Browser, path: Path, what: str, most: int) -> None:
    """Measure how soon the page shows what was chosen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(path.as_uri())
    opened.click("#days summary")
    for action, (selector, event) in ACTIONS.items():
        times = [float(opened.evaluate(WAIT, [selector, event, run])) for run in range(OPENINGS)]
        found = statistics.median(times)
        row(
            f"{what}: {action} shown after",
            f"{found:.0f} ms",
            f"below {most} ms",
            met=found < most,
        )
    context.close()


if __name__ == "__main__":
    main()
