"""Edits of a folder of facts, as people make them: each takes the folder and a source of chance."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from treatygraph.build.index_file import IndexFile


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def put_rows(path: Path, rows: Sequence[dict[str, str]]) -> None:
    columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def keep_rows(path: Path, wanted: Callable[[dict[str, str]], bool]) -> None:
    put_rows(path, [row for row in rows_of(path) if wanted(row)])


# ---------------------------------------------------------------------- edits, as people make them


def sort_ledger(path: Path, rows: list[dict[str, str]]) -> None:
    put_rows(path, sorted(rows, key=lambda row: (row["date"], row["state"], row["act"], row["depositary"])))


def moved(text: str, chance: random.Random) -> str:
    """The text with one of its days some weeks earlier or later."""
    days = list(re.finditer(r"\b\d{4}-\d{2}-\d{2}\b", text))
    if not days:
        return text
    found = chance.choice(days)
    day = date.fromisoformat(found[0]) + timedelta(days=chance.randint(-40, 40))
    return f"{text[: found.start()]}{day.isoformat()}{text[found.end() :]}"


def ledger(folder: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(folder.glob("acts/*.csv")))


def another_day_of_an_act(folder: Path, chance: random.Random) -> None:
    path = ledger(folder, chance)
    rows = rows_of(path)
    row = chance.choice(rows)
    row["date"] = moved(row["date"], chance)
    sort_ledger(path, rows)


def no_act(folder: Path, chance: random.Random) -> None:
    path = ledger(folder, chance)
    rows = rows_of(path)
    rows.remove(chance.choice(rows))
    sort_ledger(path, rows)


def one_more_act(folder: Path, chance: random.Random) -> None:
    path = ledger(folder, chance)
    rows = rows_of(path)
    row = dict(chance.choice(rows))
    acts = ("signature", "ratification", "accession", "notice-of-withdrawal", "suspension", "objection")
    row["act"], row["date"] = chance.choice((row["act"], *acts)), moved(row["date"], chance)
    row["state"] = chance.choice(rows_of(folder / "states.csv"))["code"]
    sort_ledger(path, [*rows, row])


def no_ledger(folder: Path, chance: random.Random) -> None:
    ledger(folder, chance).unlink()


def card(folder: Path, chance: random.Random) -> tuple[Path, list[str]]:
    path = chance.choice(sorted(folder.glob("instruments/*.yaml")))
    return path, path.read_text(encoding="utf-8").splitlines(keepends=True)


def another_line_of_a_card(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    dated = [number for number, line in enumerate(lines) if moved(line, random.Random(0)) != line]
    if dated:
        number = chance.choice(dated)
        lines[number] = moved(lines[number], chance)
    path.write_text("".join(lines), encoding="utf-8")


def no_line_of_a_card(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    lines.remove(chance.choice(lines))
    path.write_text("".join(lines), encoding="utf-8")


def another_name_of_a_card(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    name = f"Pact {chance.randrange(10**6)}"
    given = re.sub(r"^short: \{text: (?:'[^']*'|[^,]*)", f"short: {{text: '{name}'", "".join(lines), flags=re.MULTILINE)
    path.write_text(given, encoding="utf-8")


def another_topic(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    given = re.sub(r"^topics: \{are: \[[^]]*\]", "topics: {are: [nuclear-testing]", "".join(lines), flags=re.MULTILINE)
    path.write_text(given, encoding="utf-8")


def one_more_card(folder: Path, chance: random.Random) -> None:
    """A copy of a card and its ledger, which supersedes, extends or belongs to another."""
    path, lines = card(folder, chance)
    name = f"{path.stem}-{chance.randrange(1000)}"
    text = re.sub(
        r"^(title|short): \{text: (?:'[^']*'|[^,]*)", rf"\1: {{text: '{name} \1'", "".join(lines), flags=re.MULTILINE
    )
    text = re.sub(r"^aliases:\n(?:  - .*\n)*", "", text, flags=re.MULTILINE)
    relation = chance.choice(("supersedes", "extends", "protocol-to", "follows", "amends"))
    other = chance.choice(sorted(folder.glob("instruments/*.yaml"))).stem
    line = f"  - {{relation: {relation}, instrument: {other}, source: treatygraph, at: inclusion-rule}}\n"
    text = (
        text.replace("relations:\n", f"relations:\n{line}") if "relations:\n" in text else f"{text}relations:\n{line}"
    )
    (folder / "instruments" / f"{name}.yaml").write_text(text, encoding="utf-8")
    if (folder / "acts" / f"{path.stem}.csv").is_file():
        shutil.copy(folder / "acts" / f"{path.stem}.csv", folder / "acts" / f"{name}.csv")


def no_card(folder: Path, chance: random.Random) -> None:
    """An instrument that no other card names leaves, with everything that is about it."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("instruments/*.yaml"))}
    alone = [name for name in texts if not any(re.search(rf"[ \[]{name}[,}}\]]", text) for text in texts.values())]
    name = chance.choice(alone or sorted(texts))
    (folder / "instruments" / f"{name}.yaml").unlink()
    (folder / "acts" / f"{name}.csv").unlink(missing_ok=True)
    for path in folder.glob("events/*.yaml"):
        if name in path.read_text(encoding="utf-8"):
            path.unlink()
    for other in ("assertions.csv", "rosters.csv", "articles.csv"):
        keep_rows(folder / other, lambda row: name not in (row.get("instrument"), row.get("record")))


def table(*names: str) -> Callable[[Path, random.Random], None]:
    """An edit of a row of one of these tables: another day, no row, one more at the top, another word."""

    def edit(folder: Path, chance: random.Random) -> None:
        path = folder / chance.choice(names)
        rows = rows_of(path)
        if not rows:
            return
        row = chance.choice(rows)
        how = chance.randrange(4)
        if how == 0:
            dated = [key for key in ("from", "until", "date", "effective", "said", "as_of") if row.get(key)]
            for key in dated[:1]:
                row[key] = moved(row[key], chance)
            row["note"] = "another day"
        elif how == 1:
            rows.remove(row)
        elif how == 2:
            key = next(iter(row))
            rows.insert(0, {**row, key: f"{row[key]}-{chance.randrange(1000)}" if key == "id" else row[key]})
            chance.shuffle(rows)
        else:
            words = {"kind": ("press", "editorial", "recall"), "name": ("Else",), "title": ("Else",), "note": ("so",)}
            words |= {"holds": ("party", "suspended", "none"), "stance": ("accepts", "rejects"), "body": ("USA",)}
            key = chance.choice([key for key in words if key in row] or [next(iter(row))])
            row[key] = chance.choice(words.get(key, ("else",)))
        put_rows(path, rows)

    edit.__name__ = "a_row_of_" + "_or_".join(name.partition(".")[0] for name in dict.fromkeys(names))
    return edit


def an_event(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(folder.glob("events/*.yaml")))
    if chance.random() < 0.3:
        path.unlink()
    else:
        path.write_text(moved(path.read_text(encoding="utf-8"), chance), encoding="utf-8")


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    another_day_of_an_act, no_act, one_more_act, no_ledger, another_line_of_a_card, no_line_of_a_card,
    another_name_of_a_card, another_topic, one_more_card, no_card, an_event, table("sources.csv"),
    table("assertions.csv"), table("states.csv", "systems.csv", "conflicts.csv"), table("officials.csv", "tenures.csv"),
    table("groups.csv", "groups.csv", "groups.csv", "group-titles.csv"), table("rosters.csv", "articles.csv", "exceptions.csv"),
)  # fmt: skip


def rows_in(path: Path) -> list[tuple[str, str, str, int]]:
    index = IndexFile(path)
    try:
        return index.rows()
    finally:
        index.close()
