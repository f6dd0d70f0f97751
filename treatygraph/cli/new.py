"""``treatygraph new instrument|event|source|official|facts``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from treatygraph.cli.options import add_format, today

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes: a kind of record, its id, and what is known of it."""
    kinds = command.add_subparsers(title="kinds of record", metavar="KIND", dest="kind_of_record", required=True)
    instrument = _kind(kinds.add_parser("instrument", help="a card and an empty ledger"))
    instrument.add_argument("--title", required=True, help="full title")
    instrument.add_argument("--short", metavar="TITLE", help="the title that answers use; default: the full one")
    instrument.add_argument("--kind", required=True, help="treaty, protocol, amendment, political-document, …")
    instrument.add_argument("--scope", required=True, help="bilateral, multilateral or unilateral")
    instrument.add_argument("--binding", required=True, help="yes, no or disputed")
    instrument.add_argument("--topic", required=True, action="append", help="a topic of the scheme; may be repeated")
    instrument.add_argument("--signed", metavar="DATE", help="when it was signed or opened, in EDTF")
    instrument.add_argument("--place", help="where it was signed")
    instrument.add_argument("--entry-into-force", metavar="DATE", help="from when it is in force or works, in EDTF")
    instrument.add_argument("--participant", action="append", metavar="STATE", help="a code, where it is closed")
    event = _kind(kinds.add_parser("event", help="a file in events/; its name is the date and the id"))
    event.add_argument("--date", required=True, help="when it happened, in EDTF")
    event.add_argument("--type", required=True, help="statement, announcement, meeting, domestic-law, …")
    event.add_argument("--text", required=True, help="one sentence in your own words")
    event.add_argument("--instrument", action="append", metavar="ID", help="an instrument that it concerns")
    event.add_argument("--state", action="append", metavar="CODE", help="a state that it concerns")
    event.add_argument("--official", action="append", metavar="ID:ROLE[:STATE]", help="who took part, and as what")
    source = _kind(kinds.add_parser("source", help="a row of sources.csv"), cited=False)
    source.add_argument("--title", required=True, help="its title")
    source.add_argument(
        "--kind", required=True, help="primary, depositary, depositary-copy, official, press, dataset, reference"
    )
    source.add_argument("--place", help="where it can be read: an address, or a repository, commit and path")
    for name in ("publisher", "date", "licence", "note"):
        source.add_argument(f"--{name}")
    folder = kinds.add_parser("facts", help="a folder of own facts, to be laid over the record with --facts")
    folder.add_argument("id", metavar="FOLDER", help="where; it must not be there yet")
    add_format(folder)
    official = _kind(kinds.add_parser("official", help="a row of officials.csv, and one of tenures.csv with --office"))
    official.add_argument("--name", required=True, help="as answers show it")
    official.add_argument("--state", required=True, metavar="CODE", help="the state served")
    for name in ("native-name", "born", "died", "office", "body", "from", "until", "note"):
        official.add_argument(f"--{name}")


def _kind(command: ArgumentParser, *, cited: bool = True) -> ArgumentParser:
    command.add_argument("id", metavar="ID", help="small letters, digits and hyphens: new-start")
    if cited:
        command.add_argument("--source", required=True, action="append", help="an id of sources.csv; may be repeated")
        command.add_argument("--at", required=True, metavar="PLACE", help="the place in the source")
    command.add_argument("--graph", metavar="FOLDER", help="facts elsewhere; default: those of this checkout")
    add_format(command)
    return command


def run(options: Namespace) -> int:
    """Write the beginning of a record; 1 where the checks find an error in it."""
    from treatygraph.render import emit
    from treatygraph.render.new import VIEW
    from treatygraph.scaffold import begin, begin_folder

    if options.kind_of_record == "facts":
        emit(begin_folder(Path(options.id)), options.format, VIEW)
        return 0
    values = {name: value for name, value in vars(options).items() if isinstance(value, str | list)}
    begun = begin(options.kind_of_record, values, today(), options.graph, options.facts)
    emit(begun, options.format, VIEW)
    return int(any(finding.severity == "error" for finding in begun.findings))
