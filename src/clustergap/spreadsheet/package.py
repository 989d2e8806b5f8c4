"""The zip file of a workbook, and the XML in it. Both may come from strangers, so neither is trusted.

The sizes that a zip file declares may be wrong, so unpacked bytes are counted.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.parsers import expat

from clustergap.spreadsheet.sheet import LIMITS, SheetLimits, SpreadsheetError, TooLargeError
from clustergap.text import sized

Begin = Callable[[Mapping[str, str]], None]
"""Called with the attributes of an element, by their names without prefix."""

End = Callable[[], None]

_KEPT = "calcext"
"""The prefix of LibreOffice's own attributes, which is kept as their names equal those of OpenDocument."""

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENTRY = b"PK\1\2"
"""The beginning of each entry in the table of contents."""

_ENCRYPTED = 1

_PARTS = 4
"""All parts that are read together, each time they are read, may be so many times as large as one part."""


def walk(
    chunks: Iterable[bytes],
    begins: Mapping[str, Begin],
    ends: Mapping[str, End] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    limits: SheetLimits = LIMITS,
) -> None:
    """Parse XML.

    Args:
        chunks: Its bytes.
        begins: Called at the beginning of an element, by its name without prefix.
        ends: Called at the end of an element.
        text: Called with text between tags, in pieces.
        limits: How much of it is read.

    Raises:
        SpreadsheetError: It is not XML, or declares a document type.
    """
    feed(make_parser(begins, ends, text, limits=limits), chunks, limits)


def make_parser(
    begins: Mapping[str, Begin],
    ends: Mapping[str, End] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    limits: SheetLimits = LIMITS,
) -> expat.XMLParserType:
    """Return a parser with the same callbacks as ``walk``, to be used with ``feed``."""
    # The encoding that the file declares is ignored: it could hide a document type.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = _handlers(begins, ends or {}, limits)
    parser.StartDoctypeDeclHandler = _refuse_declaration
    if text:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], limits: SheetLimits) -> None:
    """Feed XML to a parser.

    Raises:
        SpreadsheetError: It is not XML, or declares a document type.
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
    begins: Mapping[str, Begin], ends: Mapping[str, End], limits: SheetLimits
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """Return the callbacks of expat; half of the time of reading a workbook is spent in these few lines."""
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
    """A cache of what *find* returns for a name with its prefix."""

    def __init__(self, find: Callable[[str], Any], most: int) -> None:
        super().__init__()
        self.find, self.most = find, most

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - a name, or what is done at an element
        if len(self) >= self.most:
            raise _senseless()
        prefix, _, local = name.rpartition(":")
        value = self[name] = self.find(name if prefix == _KEPT else local)
        return value


def _senseless() -> SpreadsheetError:
    return SpreadsheetError(
        "the file holds XML that no spreadsheet program writes", "save it again"
    )


def _refuse_declaration(*_declared: object) -> None:
    raise SpreadsheetError(
        "the file declares a document type or an entity, which no spreadsheet needs"
    )


class Package:
    """A zip file, whose entries are looked up in small letters, as Excel does.

    Every unpacked byte is counted, even of an entry that is read again; entries that are not read may have any size.
    """

    def __init__(
        self, data: bytes, entries: Mapping[str, zipfile.ZipInfo], limits: SheetLimits
    ) -> None:
        self.limits = limits
        self._data, self._entries = data, entries
        self._left = limits.unpacked * _PARTS

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an entry with this name."""
        return name.casefold() in self._entries

    def walk(
        self,
        name: str,
        begins: Mapping[str, Begin],
        ends: Mapping[str, End] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Parse the XML of an entry, as the function ``walk`` does; do nothing if there is no such entry.

        Raises:
            SpreadsheetError: It is not XML, declares a document type, or is too large.
        """
        if name in self:
            walk(self._unpack(name), begins, ends, text, limits=self.limits)

    def read(self, name: str) -> bytes:
        """Return an entry; nothing if there is none.

        Raises:
            SpreadsheetError: It is damaged, or too large.
        """
        return b"".join(self._unpack(name)) if name in self else b""

    def _unpack(self, name: str) -> Iterator[bytes]:
        unpacked, most = 0, self.limits.unpacked
        for chunk in _unpack(self._data, self._entries[name.casefold()], self.limits.at_once):
            unpacked += len(chunk)
            self._left -= len(chunk)
            if self._left < 0 or unpacked > most:
                raise TooLargeError(
                    f"a part of the file unpacks to more than {sized(most)}, or all that are read to "
                    f"{_PARTS} times that",
                    "delete what is not needed, or import it in two parts",
                )
            yield chunk


def open_package(data: bytes, limits: SheetLimits) -> Package:
    """Open a zip file.

    Raises:
        SpreadsheetError: It is damaged, protected by a password, or has too many parts.
    """
    # Python's reader trusts the table of contents, however long it is.
    if data.count(_ENTRY) > limits.entries:
        raise SpreadsheetError(
            f"the file holds more than {limits.entries:,} parts, which no spreadsheet does"
        )
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise _damaged() from error
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise protected()
    entries = {info.filename.casefold(): info for info in infos}
    if len(entries) < len(infos):
        raise _damaged()
    return Package(data, entries, limits)


def largest_part(data: bytes) -> int:
    """Return the declared size of the largest part of a zip file; only for files that we made ourselves."""
    infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    return max((info.file_size for info in infos), default=0)


def _unpack(data: bytes, info: zipfile.ZipInfo, at_once: int) -> Iterator[bytes]:
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
    actual = 0
    try:
        for start in range(0, len(packed), at_once):
            rest: bytes | memoryview = packed[start : start + at_once]
            while rest and not inflater.eof:
                chunk = inflater.decompress(rest, at_once)
                rest = inflater.unconsumed_tail
                actual = zlib.crc32(chunk, actual)
                yield chunk
        while not inflater.eof and (chunk := inflater.decompress(b"", at_once)):
            actual = zlib.crc32(chunk, actual)
            yield chunk
    except zlib.error as error:
        raise _damaged() from error
    if not inflater.eof or actual != checksum:
        raise _damaged()


def _damaged() -> SpreadsheetError:
    return SpreadsheetError("the file is damaged or not whole", "save it again, or fetch it again")


def protected() -> SpreadsheetError:
    """Return the error of a file that needs a password."""
    return SpreadsheetError("the file is protected by a password", "save it without one")
