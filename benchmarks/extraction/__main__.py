"""How well raw copy is read: the loader over the development set, with the evaluator that lies
beside the set.

    python -m benchmarks.extraction [FOLDER] [--misses N]

FOLDER holds gold.jsonl, the raw files and evaluate_extraction.py (default: ../shared/extraction).
Prints accuracy a field beside a trivial baseline (clean the text; the first line is the title, the
rest the body; no agency, no date), articles a second beside the baseline's, and every miss. Compare
the ratio, not the rate: it does not depend on the machine.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

from loader.extract import Rejected, extract
from loader.raw import RawArticle
from mappings.agencies import Registry, load_registry
from mappings.arabic.text import clean_text

FOLDER = Path(__file__).parents[2] / ".." / "shared" / "extraction"
# The gold dates lie before this day; a fixed day keeps the figures the same from year to year.
EVALUATED = date(2026, 12, 31)
FIELDS = ("agency", "date", "title", "body")
Prediction = dict[str, Any]
Reader = Callable[[str, str], Prediction]


def evaluator(folder: Path) -> ModuleType:
    """The set's own evaluator as a module."""
    spec = importlib.util.spec_from_file_location(
        "evaluate_extraction", folder / "evaluate_extraction.py"
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "evaluate_extraction.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reader(registry: Registry, today: date) -> Reader:
    """The loader's extraction as the evaluator expects it."""

    def read(path: str, text: str) -> Prediction:
        try:
            found = extract(RawArticle("extraction", path, text), registry, today=today)
        except Rejected as rejected:
            return {"path": path, "rejected": rejected.reason}
        return {
            "path": path,
            "title": found.title,
            "agency": found.agencies[0] if found.agencies else None,
            "published": found.published_text,
            "precision": found.precision,
            "body": found.body,
        }

    return read


def baseline(path: str, text: str) -> Prediction:
    """What a script of two lines does: clean the text, take the first line off."""
    title, _, body = clean_text(text).partition("\n")
    return {"path": path, "title": title, "body": body or title}


def predictions(
    gold: list[dict[str, Any]], folder: Path, read: Reader
) -> tuple[list[Prediction], float]:
    """A prediction for each gold row, and the seconds of processor time the reading took."""
    texts = [(row["file"], (folder / row["file"]).read_text(encoding="utf-8")) for row in gold]
    started = time.process_time()
    rows = [read(path, text) for path, text in texts]
    return rows, time.process_time() - started


def misses(rows: list[dict[str, Any]], fine: set[str]) -> list[tuple[str, str, str]]:
    """Id, field and what was wrong, for every field of every row that is not right."""
    found: list[tuple[str, str, str]] = []
    for row in rows:
        gold = row["gold"]
        if not row["agency_ok"]:
            found.append(
                (
                    gold["id"],
                    "agency",
                    f"{row['agency']} for {gold['agency']}: {gold['agency_evidence']}",
                )
            )
        if row["date"] != "exact":
            found.append(
                (
                    gold["id"],
                    "date",
                    f"{row['date']}: {row['date_value'][0]} for {gold['published']}",
                )
            )
        if row["title"] not in fine:
            found.append((gold["id"], "title", f"{row['title']}: {gold['title']}"))
        if not row["body_ok"]:
            found.append((gold["id"], "body", f"lost {row['lost']}, kept {row['kept']}"))
    return found


def main() -> None:
    """Run both readers over the set and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--misses", type=int, default=100, help="how many misses to list")
    options = parser.parse_args()
    folder: Path = options.folder
    judge = evaluator(folder)
    gold = judge.load(folder / "gold.jsonl")
    readers: dict[str, Reader] = {
        "baseline": baseline,
        "loader": reader(load_registry(), EVALUATED),
    }
    table = Table("", *FIELDS, "all right", "articles a second")
    seconds: dict[str, float] = {}
    listed: list[tuple[str, str, str]] = []
    for name, read in readers.items():
        predictions(gold[:20], folder, read)  # names and words are looked up once a process
        found, seconds[name] = predictions(gold, folder, read)
        rows, _ = judge.score(gold, judge.index(found))
        summary = judge.summary(rows)
        rate = f"{len(gold) / max(seconds[name], 1e-9):,.0f}"
        table.add_row(
            name,
            *(str(summary[field]["accuracy"]) for field in FIELDS),
            str(summary["all right"]),
            rate,
        )
        if name == "loader":
            listed = misses(rows, {"exact", "normalised", "none-right", "derived"})
            quoted = summary["agency"]["quoted agency taken as source"]
            false = summary["date"]["counts"].get("false", 0)
    console = Console()
    console.print(table)
    console.print(
        f"quoted agency taken for the source: {quoted}; false dates: {false}; misses: {len(listed)}"
    )
    for miss in listed[: options.misses]:
        console.print(*miss, sep="  ", markup=False)
    ratio = seconds["loader"] / max(seconds["baseline"], 1e-9)
    console.print(f"reading takes {ratio:.0f} times as long as cleaning alone")


if __name__ == "__main__":
    main()
