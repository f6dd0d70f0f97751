"""What every page is made with: where its links lead, its language, the day, and what the world calls the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from treatygraph.site.frame import LANGUAGES, PageWords
from treatygraph.site.links import Links

__all__ = ["Page", "Setting"]


@dataclass(frozen=True)
class Setting:
    """What a page is made with."""

    today: date
    """The day of who asks."""
    links: Links = field(default_factory=Links)
    frame: PageWords = LANGUAGES["en"]
    base: str = ""
    """The absolute address of the site without a slash at its end; empty where nobody knows it."""
    contact: str = ""
    """Where errors are reported: ``mailto:…`` or an address of the web; empty: the page says what to send."""
    embedded: bool = False
    """Whether the page is shown within a page of others: no frame, links open on their own."""

    def absolute(self, path: str) -> str:
        """The address of a path of the site for who is not on it."""
        return f"{self.base}{self.links.root}{path}"


@dataclass(frozen=True)
class Page:
    """A page that was made."""

    path: str
    """The address at which it stands, whatever it was asked for by."""
    html: str
    status: int = 200
    moved: str = ""
    """Where the answer is instead; empty of a page."""
