"""The verbs of the field, and which kind of act each tells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from treatygraph.language.words import word_set

__all__ = ["ACTS", "FORMS", "forms_of"]


def _acts() -> dict[str, tuple[str, ...]]:
    acts: dict[str, list[str]] = {}
    with (Path(__file__).resolve().parent / "data" / "verbs.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            acts.setdefault(row["act"], []).append(row["verb"])
    return {act: tuple(verbs) for act, verbs in acts.items()}


ACTS: Final[Mapping[str, tuple[str, ...]]] = _acts()
"""Kinds of act, and the verbs that tell each; the longest phrase counts, and of equal ones the first kind."""

_IRREGULAR: Final[Mapping[str, tuple[str, str]]] = {
    "withdraw": ("withdrew", "withdrawn"),
    "leave": ("left", "left"),
    "quit": ("quit", "quit"),
    "tear": ("tore", "torn"),
    "give": ("gave", "given"),
    "come": ("came", "come"),
    "go": ("went", "gone"),
    "take": ("took", "taken"),
    "become": ("became", "become"),
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "think": ("thought", "thought"),
    "write": ("wrote", "written"),
    "break": ("broke", "broken"),
    "run": ("ran", "run"),
    "bind": ("bound", "bound"),
    "let": ("let", "let"),
    "hold": ("held", "held"),
    "cut": ("cut", "cut"),
    "set": ("set", "set"),
    "put": ("put", "put"),
    "strike": ("struck", "struck"),
    "forsake": ("forsook", "forsaken"),
    "freeze": ("froze", "frozen"),
    "seek": ("sought", "sought"),
    "send": ("sent", "sent"),
    "meet": ("met", "met"),
    "make": ("made", "made"),
    "see": ("saw", "seen"),
    "build": ("built", "built"),
    "speak": ("spoke", "spoken"),
    "fly": ("flew", "flown"),
    "keep": ("kept", "kept"),
    "show": ("showed", "shown"),
    "know": ("knew", "known"),
    "win": ("won", "won"),
    "lose": ("lost", "lost"),
    "get": ("got", "got"),
    "begin": ("began", "begun"),
    "bring": ("brought", "brought"),
    "mean": ("meant", "meant"),
    "undo": ("undid", "undone"),
    "be": ("was", "been"),
    "do": ("did", "done"),
    "rip": ("ripped", "ripped"),
    "undertake": ("undertook", "undertaken"),
}
_DOUBLED: Final = word_set("drop ban cap plan permit strip scrap submit transmit admit stop annul regret commit")


def forms_of(lemma: str) -> Iterator[tuple[str, str]]:
    """Each form of a verb and what it is: ``base``, ``s``, ``past``, ``participle``, ``ing``.

    >>> sorted(forms_of("ratify"))
    [('ratified', 'participle'), ('ratified', 'past'), ('ratifies', 's'), ('ratify', 'base'), ('ratifying', 'ing')]
    """
    yield lemma, "base"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        yield f"{lemma[:-1]}ies", "s"
    elif lemma.endswith(("s", "x", "ch", "sh", "o")):
        yield f"{lemma}es", "s"
    else:
        yield f"{lemma}s", "s"
    stem = (
        lemma + lemma[-1]
        if lemma in _DOUBLED or lemma in ("quit", "cut", "set", "put", "run", "get", "begin", "let", "rip")
        else lemma
    )
    drops = lemma.endswith("e") and not lemma.endswith("ee")
    yield (f"{lemma[:-1]}ing" if drops else f"{stem}ing"), "ing"
    past, participle = _IRREGULAR.get(lemma, ("", ""))
    if not past:
        past = participle = (
            f"{lemma}d"
            if lemma.endswith("e")
            else f"{lemma[:-1]}ied"
            if lemma.endswith("y") and lemma[-2] not in "aeiou"
            else f"{stem}ed"
        )
    yield past, "past"
    yield participle, "participle"


def _forms() -> dict[str, list[tuple[tuple[str, ...], str, str, str]]]:
    """Every phrase by its first word: the words after it, the act, the lemma and the form."""
    table: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}
    for act, verbs in ACTS.items():
        for verb in verbs:
            head, *rest = verb.split()
            for form, name in (
                [("are", "s"), ("is", "s"), ("were", "past"), *forms_of("be")] if head == "be" else forms_of(head)
            ):
                table.setdefault(form, []).append((tuple(rest), act, verb, name))
    for phrases in table.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return table


FORMS: Final = _forms()
"""Every form of every verb: by its first word, the longest phrases first."""
