"""The zip file that a workbook is: how large it is inside is known before anything in it is read.

What a zip file says of its own sizes may be a lie, so each entry is unpacked once, bit by bit, and counted.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from clustergap.errors import ClusterGapError
from clustergap.importing.limits import Limits
from clustergap.importing.problem import refuse
from clustergap.importing.xml_events import Begin, End, walk
from clustergap.loading.files import sized

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENTRY = b"PK\1\2"
"""How each line of the table of contents begins."""

_ENCRYPTED = 1


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
            SheetError: It is no XML, or declares a document type.
        """
        info = self.entries.get(name.casefold())
        if info:
            chunks = _unpack(self.data, info, self.limits.at_once)
            walk(chunks, begins, ends, text, limits=self.limits)


def open_package(data: bytes, limits: Limits) -> Package:
    """Look through a zip file.

    Args:
        data: The file.
        limits: How much it may hold.

    Raises:
        SheetError: It is damaged, protected by a password, or holds more than anybody's spreadsheet.
    """
    # Python's reader believes the table of contents, however long it is.
    if data.count(_ENTRY) > limits.entries:
        raise refuse(
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
    left, elements = limits.unpacked, 0
    for info in infos:
        is_xml = info.filename.casefold().endswith((".xml", ".rels"))
        for chunk in _unpack(data, info, limits.at_once):
            left -= len(chunk)
            if is_xml:
                elements += chunk.count(b"<") - chunk.count(b"</")
            if left < 0 or elements > limits.elements:
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
            raise refuse("the file is packed in a way that spreadsheets are not", "save it again")


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


def _damaged() -> ClusterGapError:
    return refuse("the file is damaged or not whole", "save it again, or fetch it again")


def _too_large(limits: Limits) -> ClusterGapError:
    message = f"the file unpacks to more than {sized(limits.unpacked)} or {limits.elements:,} elements of XML"
    return refuse(message, "delete what is not needed, or import it in two parts")


def protected() -> ClusterGapError:
    """Refuse what only a password opens."""
    return refuse("the file is protected by a password", "save it without one")
