"""What the Nu HTML checker, the one behind the W3C's service, says of a page."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from typing import Any

from tools import needed, npm_package

_JAR = npm_package("vnu-jar") / "build/dist/vnu.jar"
# Half the time of Java's defaults, which are made for programs that run for hours; it needs a deep stack.
_JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")


_LATER_CSS = {
    r"@container ": "@media ",
    r"container-type: ?inline-size": "width: auto",
    r"paint-order: ?stroke": "fill: none",
}


def in_css_that_nu_knows(html: str) -> str:
    """Write what browsers know and the checker does not as what it knows, so that it looks at all else.

    Its list of CSS lacks container queries (CSS Containment 3, in all browsers since 2023) and ``paint-order`` (SVG 2, since
    2017). The conditions that the pages ask of a container are such as may be asked of a window, too.
    """

    def known(sheet: re.Match[str]) -> str:
        text = sheet[0]
        for later, earlier in _LATER_CSS.items():
            text = re.sub(later, earlier, text)
        return text

    html = re.sub("<style>.*?</style>", known, html, flags=re.DOTALL)
    # The policy allows the sheet that is asked of.
    sheets = [sheet.encode() for sheet in re.findall("<style>(.*?)</style>", html, re.DOTALL)]
    digests = [base64.b64encode(hashlib.sha256(sheet).digest()).decode() for sheet in sheets]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return re.sub('style-src [^"]*?(?=; [a-z]|")', f"style-src {allowed}", html, count=1)


def nu_messages(html: str) -> list[str]:
    """Tell every error, warning and remark, one line each: ``error, line 3: Unclosed element “b”.``"""
    java = needed(shutil.which("java"), "java is missing: as root, sh scripts/make-system.sh")
    missing = "vnu-jar is missing: sh scripts/make-tools.sh .venv/tools"
    jar = needed(_JAR if _JAR.exists() else None, missing)
    command = [java, *_JAVA_OPTIONS, "-jar", str(jar), "--format", "json", "--stdout", "-"]
    done = subprocess.run(
        command,
        input=in_css_that_nu_knows(html).encode(),
        capture_output=True,
        check=False,
        timeout=300,
    )
    if not done.stdout:
        raise RuntimeError(f"the Nu HTML checker stopped: {done.stderr.decode()}")
    return [_line(message) for message in json.loads(done.stdout)["messages"]]


def _line(message: dict[str, Any]) -> str:
    kind = message.get("subType", message["type"])
    return f"{kind}, line {message.get('lastLine', 0)}: {message['message']}"
