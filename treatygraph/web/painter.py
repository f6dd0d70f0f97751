"""Pictures as PNG: one process at a time paints, within a limit of time; what was painted last is kept."""

from __future__ import annotations

import asyncio
import sys
from hashlib import blake2b
from importlib.util import find_spec
from typing import Final

from treatygraph.web.problems import Refusal

__all__ = ["can_paint", "painted"]

_SECONDS: Final = 20.0
"""The timeline of the United States and Russia, 110 rows, takes one on two busy cores."""
_WAITING: Final = 8
_KEPT: Final = 64
_kept: Final[dict[bytes, bytes]] = {}
_turn: Final = asyncio.Semaphore(1)
_waiting: set[bytes] = set()


def can_paint() -> bool:
    """Whether what paints is installed."""
    return find_spec("resvg_py") is not None


async def painted(drawing: bytes, width: int) -> bytes:
    """The picture of a drawing.

    Args:
        drawing: the drawing as SVG in plain colours.
        width: of the picture, in dots.

    Raises:
        Refusal: nothing here paints, it takes too long, or too many wait.
    """
    key = blake2b(drawing, digest_size=16, salt=str(width).encode()).digest()
    if key in _kept:
        return _kept[key]
    if not can_paint():
        raise Refusal("not-found", "pictures as PNG need resvg beside the server; take the SVG.")
    if len(_waiting) >= _WAITING:
        raise Refusal("busy", "too many pictures are being painted; ask again in some seconds, or take the SVG.")
    _waiting.add(key)
    try:
        async with _turn:
            if key not in _kept:
                _keep(key, await _paint(drawing, width))
    finally:
        _waiting.discard(key)
    return _kept[key]


def _keep(key: bytes, picture: bytes) -> None:
    while len(_kept) >= _KEPT:
        del _kept[next(iter(_kept))]
    _kept[key] = picture


async def _paint(drawing: bytes, width: int) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "treatygraph.site.painting", str(width), stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_SECONDS):
            picture, _ = await process.communicate(drawing)
    except TimeoutError:
        raise Refusal("time-limit", "the picture takes too long to paint; take the SVG.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise Refusal("server-error", "the picture could not be painted; take the SVG.")
    return picture
