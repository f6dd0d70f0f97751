"""The verbs of the field, and which kind of act each tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

__all__ = ["ACTS", "FORMS", "forms_of"]

ACTS: Final[Mapping[str, str]] = {
    "leave": (
        "withdraw, withdraw from, withdraw out of, pull out, pull out of, leave, quit, exit, exit from, walk out of, walk out on, "
        "walk away from, back out of, drop out of, abandon, ditch, jettison, tear up, renounce, repudiate, opt out of, "
        "depart from, bow out of, turn away from, dump, scrap, break with, break out of, pull back from, forsake, "
        "turn its back on, turn their backs on, rip up"
    ),
    "denounce": "denounce, terminate, abrogate, cancel, annul",
    "suspend": "suspend, halt, freeze, put on hold, pause, stop implementing, cease to implement, cease implementing",
    "ratify": "ratify, approve, accept",
    "accede": "accede to, accede",
    "join": "join, become a party to, become party to, become a member of, sign up to, sign on to, enter, adhere to, subscribe to",
    "sign": "sign, initial, ink, conclude, put its signature to, co-sign",
    "unsign": "unsign",
    "extend": "extend, prolong, renew, roll over",
    "expire": "expire, lapse, run out, run until, run through, run to, last until, end, come to an end, die, collapse, cease to exist",
    "enter": (
        "enter into force, enter in force, come into force, come into effect, go into effect, go into force, enter into effect, "
        "take effect, become effective, become final, become law, become binding, become legally binding, be in force, be in effect"
    ),
    "notify": "notify, inform, serve notice, give notice, submit notice, file notice",
    "hand-over": "deliver, hand over, submit, lodge, deposit, receive, reach, transmit, send, circulate, give, file, serve, present",
    "announce": "announce, declare, proclaim, unveil, reveal",
    "say": (
        "say, tell, claim, add, report, write, confirm, insist, argue, note, believe, think, describe, call, stress, maintain, "
        "explain, recall, point out, acknowledge, admit, warn, suggest, estimate, according to, hail, praise, welcome, criticise, "
        "criticize, condemn, regret, urge, ask, demand"
    ),
    "plan": (
        "plan, intend, want, threaten, promise, pledge, vow, decide, agree, hope, expect, consider, weigh, propose, offer, refuse, "
        "prepare, aim, seek, mull, ponder, seem, try, need, mean, recommend"
    ),
    "adopt": "adopt, pass, endorse",
    "open": "open for signature",
    "follow": "follow suit, follow, do so, do the same, do likewise",
    "vote": "vote, vote down, reject, approve, back, ratify",
    "object": "object, object to, protest",
    "accuse": "accuse, allege, charge, blame",
    "breach": "violate, breach, break, infringe, flout, contravene",
    "deny": "deny, reject, dismiss, dispute",
    "stay": "remain, stay, stay in, remain in, continue",
    "return": "return to, rejoin, return, reenter, come back to",
    "revoke": "revoke, withdraw, rescind, take back, lift, cancel, repeal, undo, reverse",
    "finish": "finalize, finalise, complete",
    "bind": "bind, cover, govern, oblige",
    "allow": "allow, let, permit, give",
    "limit": "limit, cap, restrict, hold, ban, cut, reduce, set",
    "negotiate": "negotiate, agree on, reach, strike, broker, seal, clinch",
    "other": (
        "carry out, meet, visit, hold, make, see, become, launch, build, invade, come, go, arrive, speak, travel, "
        "fly, replace, share, keep, follow, show, know, work, play, win, lose, take, get, put, use, develop, face, begin, start, "
        "mark, bring, agree, observe, comply, cite, regulate, praise, appeal, defy, fear, impose, leave behind, outlaw, contain"
    ),
}  # fmt: skip
"""Kinds of act, and the verbs that tell each; the longest phrase counts, and of equal ones the first kind."""

_IRREGULAR: Final[Mapping[str, tuple[str, str]]] = {
    "withdraw": ("withdrew", "withdrawn"), "leave": ("left", "left"), "quit": ("quit", "quit"), "tear": ("tore", "torn"),
    "give": ("gave", "given"), "come": ("came", "come"), "go": ("went", "gone"), "take": ("took", "taken"),
    "become": ("became", "become"), "say": ("said", "said"), "tell": ("told", "told"), "think": ("thought", "thought"),
    "write": ("wrote", "written"), "break": ("broke", "broken"), "run": ("ran", "run"), "bind": ("bound", "bound"),
    "let": ("let", "let"), "hold": ("held", "held"), "cut": ("cut", "cut"), "set": ("set", "set"), "put": ("put", "put"),
    "strike": ("struck", "struck"), "forsake": ("forsook", "forsaken"), "freeze": ("froze", "frozen"), "seek": ("sought", "sought"),
    "send": ("sent", "sent"), "meet": ("met", "met"), "make": ("made", "made"), "see": ("saw", "seen"),
    "build": ("built", "built"), "speak": ("spoke", "spoken"), "fly": ("flew", "flown"), "keep": ("kept", "kept"),
    "show": ("showed", "shown"), "know": ("knew", "known"), "win": ("won", "won"), "lose": ("lost", "lost"),
    "get": ("got", "got"), "begin": ("began", "begun"), "bring": ("brought", "brought"), "mean": ("meant", "meant"),
    "undo": ("undid", "undone"), "be": ("was", "been"), "rip": ("ripped", "ripped"), "undertake": ("undertook", "undertaken"),
}  # fmt: skip
_DOUBLED: Final = frozenset("drop ban cap plan opt permit strip scrap dump" .split()) - {"opt", "dump"}


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
    stem = lemma + lemma[-1] if lemma in _DOUBLED or lemma in ("quit", "cut", "set", "put", "run", "get", "begin", "let", "rip") else lemma
    drops = lemma.endswith("e") and not lemma.endswith("ee")
    yield (f"{lemma[:-1]}ing" if drops else f"{stem}ing"), "ing"
    past, participle = _IRREGULAR.get(lemma, ("", ""))
    if not past:
        past = participle = (
            f"{lemma}d" if lemma.endswith("e") else f"{lemma[:-1]}ied" if lemma.endswith("y") and lemma[-2] not in "aeiou" else f"{stem}ed"
        )
    yield past, "past"
    yield participle, "participle"


def _forms() -> dict[str, list[tuple[tuple[str, ...], str, str, str]]]:
    """Every phrase by its first word: the words after it, the act, the lemma and the form."""
    table: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}
    for act, verbs in ACTS.items():
        for verb in verbs.split(", "):
            head, *rest = verb.split()
            for form, name in [("are", "s"), *forms_of("be")] if head == "be" else forms_of(head):
                table.setdefault(form, []).append((tuple(rest), act, verb, name))
    for phrases in table.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return table


FORMS: Final = _forms()
"""Every form of every verb: by its first word, the longest phrases first."""
