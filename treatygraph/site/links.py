"""Where the links of a page lead: the one function that makes addresses, on a server and in a folder of files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from posixpath import relpath
from typing import Final
from urllib.parse import quote, urlencode

__all__ = ["FILES", "Links", "StaticLinks", "file_of"]

FILES: Final = "static"
"""The folder of the style sheet, the scripts and the icon."""


@dataclass(frozen=True)
class Links:
    """The addresses of a server.

    Calling it gives the address of a path of the site, with a query where one is wanted; None where the site has no
    such page, so that a link cannot lead nowhere.
    """

    root: str = ""
    """What stands before every path: empty, or ``/treaties`` behind a proxy that serves more than this."""
    language: str = "en"
    """The language of the frame; it goes with every link to a page."""
    version: str = ""
    """Changes with what is served, so that data and styles can be kept for a year."""

    without: Collection[str] = ()
    """Paths of pages that this server has not, where what they need is not installed."""
    is_served: bool = True
    """Whether a server answers: forms, SPARQL and programs' questions need one."""

    def __call__(self, path: str, **query: str) -> str | None:
        """The address of a page."""
        wanted = {name: value for name, value in query.items() if value}
        if self.language != "en":
            wanted.setdefault("lang", self.language)
        place, hashmark, fragment = path.partition("#")
        return self.root + quote(place, safe="/:?=&,@+") + self._query(place, wanted) + hashmark + quote(fragment)

    def file(self, name: str) -> str:
        """The address of a file of the frame: a style sheet, a script, the icon."""
        return f"{self.root}/{FILES}/{name}{f'?v={self.version}' if self.version else ''}"

    def data(self, name: str) -> str:
        """The address of data that a script reads."""
        return f"{self.root}/data/{name}{f'?v={self.version}' if self.version else ''}"

    def leads(self, path: str) -> bool:
        """Whether the site has a page at a path."""
        return path not in self.without

    @property
    def suffix(self) -> str:
        """What a script puts after the path of a page."""
        return ""

    @property
    def start(self) -> str:
        """What a script puts before the path of a page, which has no slash at its beginning then."""
        return f"{self.root}/"

    @staticmethod
    def _query(path: str, wanted: dict[str, str]) -> str:
        return ("&" if "?" in path else "?") + urlencode(wanted) if wanted else ""


def file_of(path: str) -> str:
    """The file in which a static site has a path: ``/state/RUS`` in ``state/RUS.html``.

    >>> file_of("/"), file_of("/id/state/RUS?format=ttl"), file_of("/between/USA/RUS.json")
    ('index.html', 'id/state/RUS.ttl', 'between/USA/RUS.json')
    """
    plain, _, query = path.partition("?")
    name = plain.strip("/") or "index"
    form = query.removeprefix("format=") if query.startswith("format=") else ""
    if form:
        return f"{name}.{form}"
    return name if name.rpartition("/")[2].endswith(_ENDINGS) else f"{name}.html"


_ENDINGS: Final = (".json", ".csv", ".svg", ".png", ".xml", ".txt", ".nq", ".zip", ".atom", ".ics")


@dataclass(frozen=True)
class StaticLinks(Links):
    """The addresses of a folder of files, relative to the page that has the link: any host and any folder will do."""

    page: str = "index.html"
    """The file that has the links."""
    files: Collection[str] = frozenset()
    """Every file of the site."""
    is_served: bool = False

    def __call__(self, path: str, **query: str) -> str | None:
        """The address of a page, None where the folder has none or where only a server could answer."""
        if any(query.values()):
            return None
        plain, hashmark, fragment = path.partition("#")
        name = file_of(plain)
        return quote(self._to(name)) + hashmark + fragment if name in self.files else None

    def leads(self, path: str) -> bool:
        """Whether the folder has it."""
        return file_of(path) in self.files

    def file(self, name: str) -> str:
        """The address of a file of the frame."""
        return f"{self._to(f'{FILES}/{name}')}?v={self.version}"

    def data(self, name: str) -> str:
        """The address of data that a script reads."""
        return f"{self._to(f'data/{name}')}?v={self.version}"

    @property
    def suffix(self) -> str:
        """The ending of files."""
        return ".html"

    @property
    def start(self) -> str:
        """The way up to the top of the folder."""
        depth = self.page.count("/")
        return "../" * depth or "./"

    def _to(self, name: str) -> str:
        return relpath(name, self.page.rpartition("/")[0] or ".")
