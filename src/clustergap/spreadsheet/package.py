"""The zip file that a workbook is, and the XML in it: of strangers, so nothing is believed and nothing is kept.

What a zip file says of its own sizes may be a lie, so each entry is unpacked once, bit by bit, and counted.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from clustergap.spreadsheet.limits import LIMITS, Limits, SpreadsheetError
from clustergap.wording import sized

Begin = Callable[[Mapping[str, str]], None]
"""Told of an element's attributes, by their names without prefix."""

End = Callable[[], None]

_KEPT = "calcext"
"""The prefix of LibreOffice's own attributes, which have names that OpenDocument's have too."""

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENTRY = b"PK\1\2"
"""How each line of the table of contents begins."""

_ENCRYPTED = 1


def walk(
    chunks: Iterable[bytes],
    begins: Mapping[str, Begin],
    ends: Mapping[str, End] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    limits: Limits = LIMITS,
) -> None:
    """Walk through XML.

    Args:
        chunks: Its bytes.
        begins: What to do where an element begins, by its name without prefix.
        ends: What to do where an element ends.
        text: What to do with text between tags; it comes in pieces.
        limits: How much of it is read.

    Raises:
        SpreadsheetError: It is no XML, or declares a document type.
    """
    feed(make_parser(begins, ends, text, limits=limits), chunks, limits)


def make_parser(
    begins: Mapping[str, Begin],
    ends: Mapping[str, End] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    limits: Limits = LIMITS,
) -> expat.XMLParserType:
    """Return what walks through XML that it is fed, as ``walk`` does."""
    # What the file says of its encoding is not believed: it could hide a declaration.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = _handlers(begins, ends or {}, limits)
    parser.StartDoctypeDeclHandler = _refuse_declaration
    if text:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], limits: Limits) -> None:
    """Let a parser walk through XML.

    Raises:
        SpreadsheetError: It is no XML, or declares a document type.
    """
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.tag:
                raise _senseless()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = "the file is damaged: a part of it is no XML in UTF-8"
        raise SpreadsheetError(message, "save it again") from error


def _handlers(  # noqa: C901 - two that share what they know
    begins: Mapping[str, Begin], ends: Mapping[str, End], limits: Limits
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """Return what expat is to call; half of the time that a workbook takes is spent in these few lines."""
    begin_of, end_of = _ByName(begins.get, limits.names), _ByName(ends.get, limits.names)
    names = _ByName(str, limits.names)
    known, prefixed = names.keys(), set[str]()
    depth, deepest = 0, limits.depth

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise _senseless()
        if attributes:
            if not attributes.keys() <= known:
                prefixed.update(key for key in attributes if names[key] != key)
            if prefixed and not prefixed.isdisjoint(attributes):
                attributes = {names[key]: value for key, value in attributes.items()}
        handler = begin_of[name]
        if handler is not None:
            handler(attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler = end_of[name]
        if handler is not None:
            handler()

    return begin, end


class _ByName(dict[str, Any]):
    """What belongs to a name with its prefix, looked for once."""

    def __init__(self, find: Callable[[str], Any], most: int) -> None:
        super().__init__()
        self.find, self.most = find, most

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - a name, or what is done at an element
        if len(self) >= self.most:
            raise _senseless()
        prefix, _, local = name.rpartition(":")
        found = self[name] = self.find(name if prefix == _KEPT else local)
        return found


def _senseless() -> SpreadsheetError:
    return SpreadsheetError(
        "the file holds XML that no spreadsheet program writes", "save it again"
    )


def _refuse_declaration(*_declared: object) -> None:
    raise SpreadsheetError(
        "the file declares a document type or an entity, which no spreadsheet needs"
    )


@dataclass(frozen=True)
class Package:
    """A zip file that was looked through. Its entries go by their names in small letters, as Excel looks for them."""

    data: bytes
    entries: dict[str, zipfile.ZipInfo]
    limits: Limits

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an entry of this name."""
        return name.casefold() in self.entries

    def walk(
        self,
        name: str,
        begins: Mapping[str, Begin],
        ends: Mapping[str, End] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Walk through the XML of an entry, as ``xml_events.walk`` does; there is nothing to see if there is none.

        Raises:
            SpreadsheetError: It is no XML, or declares a document type.
        """
        info = self.entries.get(name.casefold())
        if info:
            chunks = _unpack(self.data, info, self.limits.at_once)
            walk(chunks, begins, ends, text, limits=self.limits)

    def read(self, name: str) -> bytes:
        """Return an entry; nothing if there is none."""
        info = self.entries.get(name.casefold())
        return b"".join(_unpack(self.data, info, self.limits.at_once)) if info else b""


def open_package(data: bytes, limits: Limits) -> Package:
    """Look through a zip file.

    Args:
        data: The file.
        limits: How much it may hold.

    Raises:
        SpreadsheetError: It is damaged, protected by a password, or holds more than anybody's spreadsheet.
    """
    # Python's reader believes the table of contents, however long it is.
    if data.count(_ENTRY) > limits.entries:
        raise SpreadsheetError(
            f"the file holds more than {limits.entries:,} parts, which no spreadsheet does"
        )
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise _damaged() from error
    entries = {info.filename.casefold(): info for info in infos}
    if len(entries) < len(infos):
        raise _damaged()
    _count(data, infos, limits)
    return Package(data, entries, limits)


def _count(data: bytes, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    left = limits.unpacked
    for info in infos:
        for chunk in _unpack(data, info, limits.at_once):
            left -= len(chunk)
            if left < 0:
                raise _too_large(limits)


def _unpack(data: bytes, info: zipfile.ZipInfo, at_once: int) -> Iterator[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise protected()
    start = info.header_offset + _LOCAL_HEADER.size
    header = data[info.header_offset : start] if info.header_offset >= 0 else b""
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\3\4":
        raise _damaged()
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start += name_length + extra_length
    packed = memoryview(data)[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise _damaged()
    match info.compress_type:
        case zipfile.ZIP_STORED:
            yield from (bytes(packed[i : i + at_once]) for i in range(0, len(packed), at_once))
        case zipfile.ZIP_DEFLATED:
            yield from _inflate(packed, info.CRC, at_once)
        case _:
            raise SpreadsheetError(
                "the file is packed in a way that spreadsheets are not", "save it again"
            )


def _inflate(packed: memoryview, checksum: int, at_once: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    found = 0
    try:
        for start in range(0, len(packed), at_once):
            rest: bytes | memoryview = packed[start : start + at_once]
            while rest and not inflater.eof:
                chunk = inflater.decompress(rest, at_once)
                rest = inflater.unconsumed_tail
                found = zlib.crc32(chunk, found)
                yield chunk
        while not inflater.eof and (chunk := inflater.decompress(b"", at_once)):
            found = zlib.crc32(chunk, found)
            yield chunk
    except zlib.error as error:
        raise _damaged() from error
    if not inflater.eof or found != checksum:
        raise _damaged()


def _damaged() -> SpreadsheetError:
    return SpreadsheetError("the file is damaged or not whole", "save it again, or fetch it again")


def _too_large(limits: Limits) -> SpreadsheetError:
    message = f"the file unpacks to more than {sized(limits.unpacked)}"
    return SpreadsheetError(message, "delete what is not needed, or import it in two parts")


def protected() -> SpreadsheetError:
    """Refuse what only a password opens."""
    return SpreadsheetError("the file is protected by a password", "save it without one")
