"""An answer's body, never more of it than allowed: neither on the wire nor unpacked."""

import zlib

import httpx

from scrapers.errors import FetchFailed

ACCEPTED = "gzip, deflate"


async def read(response: httpx.Response, *, most: int) -> bytes:
    """Raises FetchFailed for an answer over `most` bytes, packed or unpacked, and for one in an encoding that was not asked for."""
    url = str(response.request.url)
    stated = response.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > most:
        raise _too_large(url, most)
    if response.is_stream_consumed:  # a replayed answer, which was never on a wire
        if len(response.content) > most:
            raise _too_large(url, most)
        return response.content
    unpack = _unpacker(response)
    body, packed = bytearray(), 0
    async for chunk in response.aiter_raw(65_536):
        packed += len(chunk)
        body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
        if packed > most or len(body) > most:
            raise _too_large(url, most)
    if unpack is not None and packed and not unpack.eof:
        raise FetchFailed("bad_encoding", url, "the answer ends in the middle")
    return bytes(body)


def _too_large(url: str, most: int) -> FetchFailed:
    return FetchFailed("too_large", url, f"an answer over {most:,} bytes is not read")


class _Unpacker:
    """gzip, or deflate with or without its zlib header, told apart by the first byte."""

    def __init__(self, url: str, *, gzip: bool) -> None:
        self._url = url
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16) if gzip else None

    def decompress(self, chunk: bytes, most: int) -> bytes:
        if self._stream is None:
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if chunk[:1] == b"\x78" else -zlib.MAX_WBITS)
        try:
            return self._stream.decompress(chunk, most)
        except zlib.error:
            raise FetchFailed("bad_encoding", self._url, "the answer cannot be unpacked") from None

    @property
    def eof(self) -> bool:
        return self._stream is not None and self._stream.eof


def _unpacker(response: httpx.Response) -> _Unpacker | None:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return None
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed("bad_encoding", str(response.request.url), f"an answer in {encoding[:20]} was not asked for")
    return _Unpacker(str(response.request.url), gzip="gzip" in encoding)
