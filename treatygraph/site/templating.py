"""The one place where HTML is made: templates with every value escaped, and none that stays undefined."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from treatygraph.answers.feeds import FEED_FORMS
from treatygraph.model.version import VERSION
from treatygraph.site.frame import LANGUAGES
from treatygraph.site.setting import Setting
from treatygraph.site.words import act_words, capital, date_words, plain

__all__ = ["load", "rendered"]

_FOLDER: Final = Path(__file__).resolve().parent / "templates"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.filters |= {"act": act_words, "capital": capital, "date": date_words, "plain": plain}
    made.globals |= {"languages": LANGUAGES, "version": VERSION, "feed_forms": FEED_FORMS}
    return made


def load() -> None:
    """Read every template: a process that serves strangers can open no file later."""
    for path in sorted(_FOLDER.glob("*.html")):
        _templates().get_template(path.name)


def rendered(template: str, setting: Setting, **values: object) -> str:
    """The text of a page.

    Args:
        template: its file in ``templates``.
        setting: what every page is made with.
        values: what this one shows; each is escaped.
    """
    shared = {"to": setting.links, "t": setting.frame, "setting": setting}
    return _templates().get_template(template).render(**shared, **values)
