"""What the server and its workers send each other: a head of plain values, and a body of bytes."""

from __future__ import annotations

import json
import socket
import struct
from asyncio import StreamReader
from typing import Any, Final, NamedTuple

__all__ = ["IpcFrame", "pack", "receive", "receive_from"]

_LENGTHS: Final = struct.Struct(">IQ")


class IpcFrame(NamedTuple):
    """One message."""

    head: dict[str, Any]
    body: bytes = b""


def pack(frame: IpcFrame) -> bytes:
    """The message as bytes: the lengths of its two parts, then the parts."""
    head = json.dumps(frame.head, ensure_ascii=False).encode()
    return _LENGTHS.pack(len(head), len(frame.body)) + head + frame.body


async def receive(stream: StreamReader) -> IpcFrame:
    """The next message from a stream.

    Raises:
        asyncio.IncompleteReadError: the other side is gone.
    """
    first, second = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    head = json.loads(await stream.readexactly(first))
    return IpcFrame(head, await stream.readexactly(second))


def receive_from(channel: socket.socket) -> IpcFrame | None:
    """The next message from a socket; None when the other side has gone."""
    lengths = _exactly(channel, _LENGTHS.size)
    if lengths is None:
        return None
    first, second = _LENGTHS.unpack(lengths)
    head, body = _exactly(channel, first), _exactly(channel, second)
    return None if head is None or body is None else IpcFrame(json.loads(head), body)


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        part = channel.recv(min(size - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return bytes(data)
