"""The network for people and as rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from treatygraph.render import View
from treatygraph.render.parts import Row, notes, rows_of, table, text

__all__ = ["VIEWS"]

_SHOWN = 25
_SOURCES = 2
_NAMED = 8


def _summary(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    keys = (
        "states",
        "instruments",
        "bonds",
        "pairs",
        "connected",
        "density",
        "mean",
        "mean_folded",
        "median",
        "least",
        "most",
        "most_folded",
    )
    table("", ("Figure", "Value"), [(key, text(answer[key])) for key in keys])
    closest = [(text(item["states"]), text(item["instruments"])) for item in answer["closest"]]
    table("Pairs that share most", ("States", "Instruments"), closest)
    widest = [(item["title"], text(item["states"]), text(item["binding"])) for item in answer["widest"]]
    table("Instruments that hold most states", ("Instrument", "States", "Binding"), widest)
    table("By topic", ("Topic", "Instruments"), [(name, text(count)) for name, count in answer["topics"].items()])
    if answer["isolates"]:
        print(f"\nHeld by nothing: {text(answer['isolates'])}")
    notes(answer["notes"])


def _centrality(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    keys: tuple[str, ...] = ("title", "degree", "partners", "strength", "eigenvector")
    if answer["question"]["by"] == "betweenness":
        keys += ("betweenness",)
    places = answer["places"]
    header = ("Name", *(key.capitalize() for key in keys[1:]))
    table("", header, [[text(item[key]) for key in keys] for item in places[:_SHOWN]])
    _rest(len(places) - _SHOWN)
    notes(answer["notes"])


def _rest(more: int) -> None:
    if more > 0:
        print(f"… and {more} more (--format json or csv gives all)")


def _communities(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for number, one in enumerate(answer["communities"], 1):
        print(f"\n{number}. {one['size']} states, together in {one['stability']:.0%} of runs: {text(one['states'])}")
        marks = [(item["title"], f"{item['inside']:.0%}", f"{item['outside']:.0%}") for item in one["marks"]]
        table("", ("What marks it off", "Of its states", "Of the others"), marks)
    if answer["alone"]:
        print(f"\nAlone: {text(answer['alone'])}")
    notes(answer["notes"])


def _core(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    print(f"\n{text(answer['states'])}")
    table("Instruments that hold every one of them", ("Id", "Title"), [(i["id"], i["title"]) for i in answer["common"]])
    notes(answer["notes"])


def _shared(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    average = answer["average_degrees"]
    figures = [
        ("explained by degrees", f"{answer['explained']:.3f}"),
        ("pairs beyond chance", f"{answer['significant']} of {answer['tested']}"),
        ("the same, degrees right on average only", f"{average['explained']:.3f}; {average['significant']}"),
        ("draws with a pair as far out as the first", f"{answer['chance_of_strongest']:.1%}"),
    ]
    table("", ("Figure", "Value"), figures)
    rows = [
        ("–".join(item["states"]), text(item["shared"]), f"{item['expected']:.1f}", f"{item['z']:.2f}",
         f"{item['q']:.4f}", text(item["telling"]))
        for item in answer["pairs"][:_SHOWN]
    ]  # fmt: skip
    table("Pairs furthest above chance", ("Pair", "Shared", "Expected", "z", "q", "Rarest of what both hold"), rows)
    _rest(len(answer["pairs"]) - _SHOWN)
    notes(answer["notes"])


def _similar(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    rows = [
        (item["title"], f"{item['kappa']:.2f}", f"{item['pi']:.2f}", f"{item['jaccard']:.2f}",
         f"{item['containment']:.2f}", f"{item['both']} of {item['compared']}",
         _short(item["only_here"]), _short(item["only_there"]))
        for item in answer["similar"]
    ]  # fmt: skip
    table(
        "", ("Name", "Kappa", "Pi", "Jaccard", "Contained", "Both", f"Only {answer['title']}", "Only the other"), rows
    )
    notes(answer["notes"])


def _short(names: list[str]) -> str:
    more = len(names) - _NAMED
    return text(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _history(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    steps, before = list(answer["steps"]), ""
    rows: list[Row] = []
    for point in answer["points"]:
        here = [step for step in steps if before < step["date"] <= point["on"]]
        label = point["on"][:4] if answer["question"]["every"] == "year" else point["on"][:7]
        counts = [text(point[key]) for key in ("instruments", "parts", "binding", "bilateral", "limits")]
        if here or not rows or point is answer["points"][-1]:
            rows.append([label, *counts, _change(here, "began", "+"), _change(here, "ended", "−")])
        before = point["on"]
    header = ("Until", "Instruments", "Parts", "Binding", "Bilateral", "Limits", "Came", "Went")
    table("What bound both at the end of the time (times without a change are left out)", header, rows)
    table("Each step", ("Date", "", "Instrument", "Because", "Act", "Sources"), [_step(step) for step in steps])
    notes(answer["notes"])


def _change(steps: list[dict[str, Any]], change: str, sign: str) -> str:
    return " ".join(f"{sign}{step['instrument']}" for step in steps if step["change"] == change)


def _step(step: dict[str, Any]) -> Row:
    sign = "+" if step["change"] == "began" else "−"
    return step["date"], sign, step["title"], step["because"], _act(step["acts"]), _cited(step)


def _act(acts: list[dict[str, Any]]) -> str:
    """The act or fact that a step rests on; the rules of one act together, and at most two acts."""
    named = list(dict.fromkeys(item["act"] for item in acts if item["act"]))
    return ", ".join(named[:2]) + (f" and {len(named) - 2} more" if len(named) > 2 else "")


def _cited(item: dict[str, Any]) -> str:
    cited = ", ".join(item["sources"][:_SOURCES]) + (" …" if len(item["sources"]) > _SOURCES else "")
    return f"{cited} (unverified)" if item["unverified"] and item["sources"] != ["recall"] else cited


def _history_rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    topics = sorted({topic for point in answer["points"] for topic in point["topics"]})
    keys = ("on", "instruments", "parts", "binding", "bilateral", "limits")
    rows: list[Row] = [
        [*(text(point[key]) for key in keys), *(text(point["topics"].get(topic, 0)) for topic in topics)]
        for point in answer["points"]
    ]
    return (*keys, *topics), rows


def _pairs(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    decades = [number for number, on in enumerate(answer["days"]) if on[3] == "0" and on[5:7] == "12"]
    shown = [*decades, len(answer["days"]) - 1]
    header = ("Pair", *(answer["days"][number][: 4 if number in decades else 10] for number in shown), "Most", "in")
    table("", header, [_pair(item, shown, answer["days"]) for item in answer["pairs"]])
    notes(answer["notes"])


def _pair(item: dict[str, Any], shown: list[int], days: list[str]) -> Row:
    counts = item["instruments"]
    most = max(counts)
    when = days[counts.index(most)][:4] if most else ""
    return ["–".join(item["states"]), *(text(counts[number]) for number in shown), text(most), when]


def _pairs_rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    rows: list[Row] = [
        [*item["states"], on, text(count)]
        for item in answer["pairs"]
        for on, count in zip(answer["days"], item["instruments"], strict=True)
    ]
    return ("a", "b", "on", "instruments"), rows


def _erosion(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    header = ("Date", "What", "Instrument", "Because", "Pairs", "Left", "Act", "Sources")
    for title, wanted in (
        ("Bonds that ended", ("ended", "left")),
        ("Withdrawn ratifications, disowned signatures", ("consent-withdrawn", "signature-disowned")),
        ("Claimed suspensions", ("suspension-claimed",)),
    ):
        rows = [
            (loss["date"], loss["what"], loss["title"], _of(loss), text(loss["pairs"]), text(loss["left"]),
             _act(loss["acts"]), _cited(loss))
            for loss in answer["losses"]
            if loss["what"] in wanted
        ]  # fmt: skip
        table(title, header, rows)
    notes(answer["notes"])


def _of(loss: dict[str, Any]) -> str:
    by = [name for name in loss["by"] if name not in loss["because"]]
    return f"{loss['because']} ({text(by)})" if by else loss["because"]


_LOSS = (
    "date", "what", "instrument", "title", "states", "by", "because", "pairs", "left", "scope", "binding", "topics",
    "unverified", "sources",
)  # fmt: skip

VIEWS: Final[Mapping[str, View]] = {
    "summary": View(rows_of("closest", "states", "instruments"), _summary),
    "centrality": View(
        rows_of("places", "id", "title", "degree", "partners", "strength", "eigenvector", "betweenness"), _centrality
    ),
    "communities": View(rows_of("communities", "size", "stability", "states"), _communities),
    "core": View(lambda a: (("state", "core_number"), [[k, text(v)] for k, v in a["numbers"].items()]), _core),
    "shared": View(rows_of("pairs", "states", "shared", "expected", "z", "q", "telling"), _shared),
    "similar": View(
        rows_of(
            "similar",
            "id",
            "title",
            "kappa",
            "pi",
            "jaccard",
            "containment",
            "both",
            "compared",
            "only_here",
            "only_there",
            "sources",
        ),
        _similar,
    ),
    "history": View(_history_rows, _history),
    "pairs": View(_pairs_rows, _pairs),
    "erosion": View(rows_of("losses", *_LOSS), _erosion),
}
"""How each answer looks, by the name of its class."""
