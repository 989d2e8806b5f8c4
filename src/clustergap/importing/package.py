"""The zip file that a workbook is: how large it is inside is known before anything in it is opened.

What a zip file says of its own sizes may be a lie, so each entry is unpacked once, bit by bit, and counted.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from clustergap.errors import ClusterGapError
from clustergap.importing.problem import refuse

MIB = 1024 * 1024

MOST_ENTRIES = 2_000
"""Files in the package; a workbook of 50 sheets with pictures has a few hundred."""

LONGEST_TEXT = 400_000
"""Bytes of XML without any mark-up: a cell holds at most 32,767 characters, each of which may be written in ten."""

MOST_MARKS = 9_000_000
"""Tags of all XML together; three million cells have so many."""

_CHUNK = 64 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 1
_DECLARATIONS = [
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
]
_LONGEST_DECLARATION = max(map(len, _DECLARATIONS))


@dataclass(frozen=True)
class Package:
    """A zip file that was looked through; it has these entries, and no more than these bytes."""

    data: bytes
    entries: dict[str, zipfile.ZipInfo]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack an entry bit by bit."""
        return _unpack(self.data, self.entries[name])

    def read(self, name: str) -> bytes:
        """Unpack a whole entry; nothing if there is none."""
        return b"".join(self.chunks(name)) if name in self.entries else b""


def open_package(data: bytes, most: int) -> Package:
    """Look through a zip file.

    Args:
        data: The file.
        most: The most that it may hold, in bytes.

    Raises:
        SheetError: It is damaged, protected by a password, or holds more than anybody's spreadsheet.
    """
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise _damaged() from error
    if len(infos) > MOST_ENTRIES:
        raise refuse(f"the file holds {len(infos):,} parts, more than any spreadsheet")
    entries = {info.filename: info for info in infos}
    if len(entries) < len(infos):
        raise _damaged()
    left, marks = most, 0
    for info in infos:
        for chunk in _look_through(data, info):
            left -= len(chunk)
            marks += chunk.count(b"<")
            if left < 0 or marks > MOST_MARKS:
                raise refuse(
                    f"the file unpacks to more than {most // MIB} MiB",
                    "delete what is not needed, or raise CLUSTERGAP_MAX_MIB",
                )
    return Package(data, entries)


def _look_through(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    is_xml = info.filename.endswith((".xml", ".rels"))
    before, silent = b"", 0
    for chunk in _unpack(data, info):
        if is_xml:
            if any(word in before + chunk for word in _DECLARATIONS):
                raise declared()
            before, first = chunk[-_LONGEST_DECLARATION:], chunk.find(b"<")
            silent += len(chunk) if first < 0 else first
            if silent > LONGEST_TEXT:
                raise refuse("a cell holds more text than a spreadsheet's cell can")
            if first >= 0:
                silent = len(chunk) - chunk.rfind(b"<")
        yield chunk


def _unpack(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise protected()
    start = info.header_offset + _LOCAL_HEADER.size
    header = data[info.header_offset : start]
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\3\4":
        raise _damaged()
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start += name_length + extra_length
    packed = memoryview(data)[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise _damaged()
    match info.compress_type:
        case zipfile.ZIP_STORED:
            yield from (bytes(packed[i : i + _CHUNK]) for i in range(0, len(packed), _CHUNK))
        case zipfile.ZIP_DEFLATED:
            yield from _inflate(packed)
        case _:
            raise refuse("the file is packed in a way that spreadsheets are not", "save it again")


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while rest and not inflater.eof:
            chunk = inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
            if chunk:
                yield chunk
        while not inflater.eof and (chunk := inflater.decompress(b"", _CHUNK)):
            yield chunk
    except zlib.error as error:
        raise _damaged() from error
    if not inflater.eof:
        raise _damaged()


def _damaged() -> ClusterGapError:
    return refuse("the file is damaged or not whole", "save it again, or fetch it again")


def declared() -> ClusterGapError:
    """Refuse XML that declares what it means itself."""
    return refuse("the file declares a document type or an entity, which no spreadsheet needs")


def protected() -> ClusterGapError:
    """Refuse what only a password opens."""
    return refuse("the file is protected by a password", "save it without one")
