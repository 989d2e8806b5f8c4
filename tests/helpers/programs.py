"""The program as a shell runs it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).with_name("clustergap")


def process(script: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a shell script in which ``clustergap`` is the program."""
    path = f"{BIN.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PATH": path, **environment},
    )


def completed(words: str) -> list[str]:
    """Return what bash would offer behind *words*."""
    number = str(len(words.split(" ")) - 1)
    script = (
        f"_CLUSTERGAP_COMPLETE=complete_bash COMP_WORDS={words!r} COMP_CWORD={number} clustergap"
    )
    outcome = process(script)
    assert outcome.stderr == b""
    return outcome.stdout.decode().split()
