"""What an editor says about a file: yaml-language-server, driven over its protocol on stdin and stdout."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import parse_headers
from pathlib import Path
from typing import Any, Self

from tools import npm_package

NAME = "yaml-language-server"
_COMMANDS = npm_package(NAME).parent / ".bin"

_SETTINGS = {
    "yaml": {
        "validate": True,
        "completion": True,
        # Both stores are lists on the network: a schema comes from the disk or not at all.
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}
_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}},
}

Message = dict[str, Any]


@dataclass(frozen=True)
class Diagnostic:
    """What an editor underlines, and why. Positions are the protocol's: from 0, in UTF-16 code units."""

    line: int
    column: int
    end_line: int
    end_column: int
    message: str


def find_language_server() -> str | None:
    """The server that scripts/make-tools.sh installed, or else the one on the PATH."""
    return shutil.which(NAME, path=_COMMANDS) or shutil.which(NAME)


class LanguageServer:
    """A running server; leaving the ``with`` block stops it.

    It reads a schema file only once: a test with another schema needs another file or server.
    """

    def __init__(self, command: str, timeout: float = 120) -> None:
        self._timeout = timeout
        self._last_id = self._last_version = 0
        pipe = subprocess.PIPE  # but not for stderr: pytest shows why a server does not start
        self._process = subprocess.Popen([command, "--stdio"], stdin=pipe, stdout=pipe)

    def __enter__(self) -> Self:
        try:
            with self._deadline("start"):
                self._initialize()
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._process.poll() is None:
                with self._deadline("stop"):
                    self._request("shutdown")
                    self._notify("exit")
                    self._process.wait()
        finally:
            self._kill()

    def diagnostics(self, path: Path, text: str) -> list[Diagnostic]:
        """What the editor underlines in *text*, opened as the file *path*, which need not exist."""
        with self._deadline("check a file"), self._opened(path, text) as (_, found):
            return found

    def completions(self, path: Path, text: str, line: int, column: int) -> list[str]:
        """The labels that the editor offers where the cursor is in *text*, opened as *path*."""
        with self._deadline("complete"), self._opened(path, text) as (document, _):
            position = {"line": line, "character": column}
            where = {"textDocument": document, "position": position}
            result = self._request("textDocument/completion", where)
        items = result["items"] if isinstance(result, dict) else result or []
        return [item["label"] for item in items]

    @contextmanager
    def _deadline(self, task: str) -> Iterator[None]:
        """Kill a server that is too slow: whatever waits for it then meets a closed pipe."""
        passed = threading.Event()

        def stop() -> None:
            passed.set()
            self._process.kill()

        timer = threading.Timer(self._timeout, stop)
        timer.start()
        try:
            yield
        except (OSError, ValueError) as error:  # a closed pipe, half a message
            self._kill()
            if passed.is_set():
                raise TimeoutError(f"{NAME} took over {self._timeout} s to {task}") from error
            raise EOFError(f"{NAME} stopped when it had to {task}") from error
        finally:
            timer.cancel()

    @contextmanager
    def _opened(self, path: Path, text: str) -> Iterator[tuple[Message, list[Diagnostic]]]:
        """Open a document: how to name it, and its diagnostics.

        The server publishes them once after opening, and an empty list after closing, without
        saying which is which: both are awaited, or the next document would get a late one.
        """
        document = {"uri": path.resolve().as_uri()}
        # The server keeps what it parsed, by address and version, also after closing.
        self._last_version += 1
        opened = document | {"languageId": "yaml", "version": self._last_version, "text": text}
        self._notify("textDocument/didOpen", {"textDocument": opened})
        yield document, self._published(document["uri"])
        self._notify("textDocument/didClose", {"textDocument": document})
        self._published(document["uri"])

    def _published(self, uri: str) -> list[Diagnostic]:
        method = "textDocument/publishDiagnostics"
        found = self._await(lambda it: it.get("method") == method and it["params"]["uri"] == uri)
        return [_diagnostic(one) for one in found["params"]["diagnostics"]]

    def _initialize(self) -> None:
        client = {"processId": os.getpid(), "rootUri": None, "capabilities": _CAPABILITIES}
        self._request("initialize", client)
        self._notify("initialized", {})
        # A document opened before the server has the settings would be checked with its defaults.
        self._await(lambda it: it.get("method") == "workspace/configuration")

    def _request(self, method: str, params: Message | None = None) -> Any:
        self._last_id += 1
        self._notify(method, params, id=self._last_id)
        # The server numbers its own requests, maybe alike: only an answer has no method.
        answer = self._await(lambda it: it.get("id") == self._last_id and "method" not in it)
        if "error" in answer:
            raise RuntimeError(f"{NAME} refuses {method}: {answer['error']['message']}")
        return answer["result"]

    def _notify(self, method: str, params: Message | None = None, **more: int) -> None:
        given = {} if params is None else {"params": params}
        self._send({"method": method} | given | more)

    def _await(self, is_it: Callable[[Message], bool]) -> Message:
        while not is_it(message := self._receive()):
            pass
        return message

    def _send(self, message: Message) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> Message:
        """Read the next message; if it is a request, answer it."""
        assert self._process.stdout
        headers = parse_headers(self._process.stdout)  # written as those of HTTP, none at the end
        length = int(headers["Content-Length"] or 0)
        message: Message = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:
            self._send({"id": message["id"]} | _answer(message["method"], message.get("params")))
        return message

    def _kill(self) -> None:
        self._process.kill()
        self._process.communicate()  # which also closes the pipes


def _answer(method: str, params: Any) -> Message:
    """Answer what the server asks, as an editor would that has our settings and no folder open."""
    match method:
        case "workspace/configuration":
            return {"result": [_SETTINGS.get(item.get("section")) for item in params["items"]]}
        case "client/registerCapability" | "client/unregisterCapability":
            return {"result": None}
        case _:
            return {"error": {"code": -32601, "message": f"an editor knows no {method}"}}


def _diagnostic(message: Message) -> Diagnostic:
    start, end = message["range"]["start"], message["range"]["end"]
    first, last = (start["line"], start["character"]), (end["line"], end["character"])
    return Diagnostic(*first, *last, message["message"])
