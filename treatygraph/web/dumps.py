"""``/dumps/``: the whole graph as files, compressed, with their checksums.

They are made once for each build, by a separate process at low priority, and appear beside the build all at once.
Sent from disk piece by piece, they cost no memory.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph
from fastapi import APIRouter
from pyoxigraph import RdfFormat
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from treatygraph.build.locks import alone
from treatygraph.export.writing import whole_folder
from treatygraph.model.errors import TreatygraphError
from treatygraph.model.terms import PREFIXES
from treatygraph.site.schema_org import DUMPS
from treatygraph.triplestore.counts import Counts, TermCounter
from treatygraph.triplestore.graphs import PLAIN
from treatygraph.web.problems import Refusal
from treatygraph.web.state import Site, site_of

__all__ = ["ROUTER", "SUMS", "counts_of", "folder_of", "made", "make"]

ROUTER: Final = APIRouter(include_in_schema=False)
SUMS: Final = "SHA256SUMS"
"""The file with the checksums, as ``sha256sum --check`` reads it."""
_COUNTS: Final = "counts.json"
"""What the graph holds, for the description of the dataset; not among the files that are sent."""
_PATIENCE: Final = 25.0
"""Seconds that a first reader waits for the files; they take some 20."""
_making: dict[Path, asyncio.Task[None]] = {}


def folder_of(build: Path) -> Path:
    """Where the files of a build are, once they are made."""
    return build / "dumps"


def counts_of(build: Path) -> Counts | None:
    """What the graph of a build holds, counted; None until its files are made."""
    with suppress(OSError, ValueError):
        counts: Counts = json.loads((folder_of(build) / _COUNTS).read_text(encoding="ascii"))
        return counts
    return None


def make(build: Path) -> None:
    """Make the files of a build, unless they are there; they appear at once, and all of them.

    One line is one quad, and the lines are sorted: a list of quads as objects took 690 MiB, that of lines takes 200.

    Raises:
        StoreError, OSError: they cannot be written.
    """
    with alone(build / "dumps.lock"):
        if folder_of(build).is_dir():
            return
        with whole_folder(folder_of(build), force=False) as target:
            lines = target / "lines"
            pyoxigraph.Store.read_only(str(build / "store")).dump(str(lines), format=RdfFormat.N_QUADS)
            with lines.open("rb") as stream:
                ordered = sorted(set(stream))
            with lines.open("wb") as stream:
                stream.writelines(ordered)
            with _packed(target / "treatygraph.nq.gz") as stream:
                stream.writelines(ordered)
            del ordered
            counter = TermCounter()
            with _packed(target / "treatygraph.ttl.gz") as stream:
                plain = (quad.triple for quad in counter.of(_read(lines)) if quad.graph_name in PLAIN)
                pyoxigraph.serialize(plain, output=stream, format=RdfFormat.TURTLE, prefixes=dict(PREFIXES))
            lines.unlink()
            sums = (f"{sha256((target / name).read_bytes()).hexdigest()}  {name}\n" for name in DUMPS)
            (target / SUMS).write_text("".join(sums), encoding="ascii")
            (target / _COUNTS).write_text(json.dumps(counter.counts(), sort_keys=True), encoding="ascii")


def _read(lines: Path) -> Iterator[pyoxigraph.Quad]:
    return pyoxigraph.parse(path=str(lines), format=RdfFormat.N_QUADS)


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    """A compressed file: the same bytes for the same text, as its header has neither time nor name."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, 0) as stream:
        yield cast(IO[bytes], stream)


@ROUTER.get("/dumps")
@ROUTER.get("/dumps/")
async def dumps() -> Response:
    """What there is stands on the page of downloads."""
    return RedirectResponse("/downloads", 303)


@ROUTER.get("/dumps/{name}")
async def dump(request: Request, name: str) -> Response:
    """A file, sent from disk; made first where nobody has asked for one before.

    Raises:
        Refusal: there is no such file, or it is still being made.
    """
    if name not in (*DUMPS, SUMS):
        raise Refusal("not-found", f"there is no file '{name[:100]}' here.", nearest=[*DUMPS, SUMS])
    site = site_of(request)
    await made(site)
    path = folder_of(site.graph.home.folder) / name
    about = path.stat()
    tag = f'"{site.version}-{about.st_size:x}-{int(about.st_mtime):x}"'
    headers = {**site.dated, "ETag": tag, "Last-Modified": formatdate(int(about.st_mtime), usegmt=True)}
    asked = request.headers
    if tag in asked.get("if-none-match", "") or asked.get("if-modified-since") == headers["Last-Modified"]:
        return Response(status_code=304, headers=headers)
    kind = "text/plain; charset=utf-8" if name == SUMS else "application/gzip"
    return FileResponse(path, media_type=kind, headers=headers)


async def made(site: Site, patience: float = _PATIENCE) -> None:
    """Wait until the files are there; one process makes them, however many ask.

    Raises:
        Refusal: they are still being made, or cannot be.
    """
    build = site.graph.home.folder
    if folder_of(build).is_dir():
        return
    if build not in _making or (_making[build].done() and not folder_of(build).is_dir()):
        _making[build] = asyncio.create_task(_process(build))
    try:
        await asyncio.wait_for(asyncio.shield(_making[build]), patience)
    except TimeoutError:
        raise Refusal("busy", "the files are being made; ask again in a moment.") from None


async def _process(build: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, str(build))
    if await process.wait():
        raise Refusal("unavailable", "the files cannot be made; the server's log says why.")


def _main(build: str, out: Callable[[str], object] = sys.stderr.write) -> int:
    os.nice(15)
    try:
        make(Path(build))
    except (TreatygraphError, OSError) as problem:
        out(f"treatygraph: the dumps cannot be made: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
