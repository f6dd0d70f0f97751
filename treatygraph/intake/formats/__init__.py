"""The formats that can be read: one module each, whose ``FORMAT`` tells its own pages by their content.

>>> [format.id for format in every()][:2]
['untc', 'cn']
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Final

from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import Register
from treatygraph.model.errors import PageRefused

__all__ = ["RegisterFormat", "every", "format_called", "parse"]


@dataclass(frozen=True, slots=True)
class RegisterFormat:
    """A form in which some register publishes."""

    id: str
    title: str
    recognises: Callable[[RegisterPage], bool]
    """Whether a page is of this form, right or broken: what is broken is then refused with what was expected."""
    parse: Callable[[RegisterPage], Register]
    expects: str
    """What a page of this form has, for the refusal of one that has not."""
    publisher: str = ""
    hosts: tuple[str, ...] = ()
    """Where the register itself publishes: a page from elsewhere is a copy."""
    depositaries: tuple[str, ...] = ()
    """Whose lists the register keeps as depositary; of other instruments it has a copy."""


_MODULES: Final = (
    "untc", "notification", "unoda", "unoda_action", "fedlex", "oas", "dutch", "iaea", "lists", "table",
)  # fmt: skip
"""In the order in which they are asked: those with the surest marks first."""


def every() -> tuple[RegisterFormat, ...]:
    """The formats, in the order in which a page is shown to them."""
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in _MODULES)


def format_called(name: str) -> RegisterFormat:
    """The format with this id.

    Raises:
        PageRefused: there is none; the ids are told.
    """
    known = {format.id: format for format in every()}
    if name not in known:
        raise PageRefused(f"no format is called '{name}'; use one of: {', '.join(known)}.")
    return known[name]


def parse(page: RegisterPage, name: str = "") -> tuple[RegisterFormat, Register]:
    """The page as a register says it.

    Args:
        page: what was read.
        name: the id of the format; empty: told from the content.

    Raises:
        PageRefused: no format knows the page, or its layout is not what the format expects.
    """
    chosen = format_called(name) if name else next((one for one in every() if one.recognises(page)), None)
    if chosen is None:
        known = "; ".join(f"{one.id}: {one.expects}" for one in every())
        raise PageRefused(f"{page.name}: no register's page that is known here. Expected one of: {known}.")
    if name and not chosen.recognises(page):
        raise PageRefused(f"{page.name}: no page of {chosen.title}; expected {chosen.expects}.")
    try:
        register = chosen.parse(page)
    except RecursionError:  # HTML nested a thousand deep is no register's
        raise PageRefused(f"{page.name}: nested too deep to be read; expected {chosen.expects}.") from None
    if not register.entries:
        raise PageRefused(f"{page.name}: the list has no act that can be read; expected {chosen.expects}.")
    return chosen, replace(register, publisher=register.publisher or chosen.publisher)
