"""What archives hold, a member at a time: nothing is written to disk, and names are labels only.

A small file can unpack to more than any disk holds, so every reader here has a limit, and gives up what goes beyond it.
"""

from __future__ import annotations

import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from typing import IO, Any, NoReturn

from dealterms.errors import InputError
from dealterms.sources.files import is_wanted

#: What unpacks to more than this many times its size, and to more than `HARMLESS` bytes, is taken for a bomb; of a ZIP archive,
#: which tells the size of each member, a member of more than `HARMLESS_MEMBER` bytes.
LARGEST_RATIO = 200
HARMLESS = 100_000_000
HARMLESS_MEMBER = 1_000_000

#: What a damaged or hostile archive makes the readers of the standard library raise.
DAMAGED = (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, NotImplementedError)

_END_OF_ARCHIVE: type[Exception] = tarfile.EOFHeaderError  # type: ignore[attr-defined]
_BROKEN_HEADER = tarfile.HeaderError
_LONGEST_NOTE = 1_000_000
_ENCRYPTED = 1
_UNPACK = "unpack it, and give what you trust"


@dataclass(frozen=True)
class Member:
    """One file of an archive.

    Attributes
    ----------
    name : str
        As the archive calls it, whatever that is.
    stream : binary file or None
        Its bytes; to be read before the next member is asked for. None where there is a problem.
    packed : int
        Bytes that it takes in the archive; 0 where that is not known.
    problem : InputError or None
        Why it cannot be read.
    """

    name: str
    stream: IO[bytes] | None
    packed: int = 0
    problem: InputError | None = None


def gunzipped(stream: IO[bytes]) -> IO[bytes]:
    """Unpack a gzip stream while it is read.

    Parameters
    ----------
    stream : binary file
        The packed bytes.

    Returns
    -------
    binary file
        Raises ``InputError`` where it turns out to be a bomb, and what `DAMAGED` lists where it is broken or cut off.

    Examples
    --------
    >>> import io
    >>> gunzipped(io.BytesIO(gzip.compress(b"words"))).read()
    b'words'
    """
    return BufferedReader(_Limited(stream))


def zip_members(stream: IO[bytes], largest: int) -> Iterator[Member]:
    """Go through a ZIP archive.

    Parameters
    ----------
    stream : binary file
        One that can be read from any place.
    largest : int
        Members of more bytes are not unpacked.

    Yields
    ------
    Member
        In the archive's order, without folders, hidden files, ``README*`` and ``*.md``.
    """
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if info.is_dir() or not is_wanted(info.filename):
                continue
            problem = _problem(info, largest)
            if problem:
                yield Member(info.filename, None, info.compress_size, problem)
                continue
            try:
                with archive.open(info) as member:
                    yield Member(info.filename, member, info.compress_size)
            except (*DAMAGED, RuntimeError) as error:
                yield Member(info.filename, None, 0, damaged("the archive's member", error))


def tar_members(stream: IO[bytes], largest: int) -> Iterator[Member]:
    """Go through a tar archive from beginning to end.

    Parameters
    ----------
    stream : binary file
        The archive, unpacked by `gunzipped` where it is packed.
    largest : int
        Members of more bytes are passed over.

    Yields
    ------
    Member
        In the archive's order, without folders, links, devices, hidden files, ``README*`` and ``*.md``.
    """
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
        for info in archive:
            archive.members = []  # type: ignore[attr-defined]  # else it keeps all of them
            if not info.isreg() or not is_wanted(info.name):
                continue
            if info.issparse():
                yield Member(info.name, None, problem=InputError("the archive's member is sparse", _UNPACK))
            elif info.size > largest:
                yield Member(info.name, None, problem=_too_large(largest))
            else:
                yield Member(info.name, archive.extractfile(info))


def damaged(what: str, error: BaseException) -> InputError:
    """Say what is wrong with an archive."""
    reason = str(error) or type(error).__name__
    return InputError(f"{what} is damaged ({reason})", "fetch it again")


def _problem(info: zipfile.ZipInfo, largest: int) -> InputError | None:
    if info.flag_bits & _ENCRYPTED:
        return InputError("the archive's member is encrypted", "unpack it with its password")
    if info.file_size > largest:
        return _too_large(largest)
    if info.file_size > max(info.compress_size * LARGEST_RATIO, HARMLESS_MEMBER):
        return _bomb()
    return None


def _too_large(largest: int) -> InputError:
    return InputError(f"the archive's member is larger than {largest // 1_000_000} MB", "give single filings")


def _bomb() -> InputError:
    return InputError(f"it unpacks to more than {LARGEST_RATIO} times its size", _UNPACK)


class _Limited(RawIOBase):
    """A gzip stream that counts what goes in and comes out."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = _Counted(packed)
        self._unpacked = gzip.GzipFile(fileobj=self._packed)  # type: ignore[call-overload]
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._unpacked.read1(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > max(HARMLESS, self._packed.taken * LARGEST_RATIO):
            raise _bomb()
        return len(data)


class _Counted:
    """As much of a file as a reader of gzip asks for."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.taken += len(data)
        return data


class _Header(tarfile.TarInfo):
    """A member's header, where a damaged one is an error: the standard library takes it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile: Any) -> _Header:
        try:
            return super().fromtarfile(tarfile)
        except _END_OF_ARCHIVE:
            raise
        except _BROKEN_HEADER as error:
            _give_up(str(error) or "a broken header")

    @classmethod
    def frombuf(cls, buf: Any, encoding: str | None, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type]
        if not (header.isfile() or header.isdir() or header.issym() or header.islnk()) and header.size > _LONGEST_NOTE:
            _give_up("an extended header of more than 1 MB")  # which would be read into memory
        return header


def _give_up(reason: str) -> NoReturn:
    raise tarfile.ReadError(reason)
