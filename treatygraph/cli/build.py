"""``treatygraph build``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("--graph", metavar="FOLDER", help="facts elsewhere; default: those installed")
    command.add_argument("--again", action="store_true", help="build even if a build of these facts is there")


def run(options: Namespace) -> int:
    """Build, and say what was built; 0."""
    from pathlib import Path

    from treatygraph.build.cache import built
    from treatygraph.build.own_facts import built_with_own, own_folder

    base, own = Path(options.graph) if options.graph else None, own_folder(options.facts)
    made = built_with_own(own, base) if own else built(base, again=options.again)
    counts = made.manifest
    print(f"{made.folder}: {counts['instruments']} instruments, {counts['acts']} acts, {counts['quads']} quads")
    return 0
