"""`naba check` as a person and as a machine use it: real processes, exit codes, both outputs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from naba.cli import app

NABA = Path(sys.executable).with_name("naba")
BODY = (
    "افتتح رئيس البلدية الجسر الجديد صباح الخميس وقال إن العمل فيه استمر عامين.\nوأضاف أنه "
    "سيخفف الازدحام.\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text(f"افتتاح [الجسر]\n{BODY}المصدر: رويترز\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"خبر\n{BODY}المصدر: وكالة النموذج الغريب\n", encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)], env={"COLUMNS": "200"})


def test_people_see_a_table_and_a_summary(archive: Path) -> None:
    result = run(archive)
    assert result.exit_code == 0
    for part in (
        "افتتاح [الجسر] (line)",
        "رويترز (footer)",
        "وكالة النموذج الغريب (unknown)",
        "By agency",
        "Missing and doubtful",
        '[[source]]\nid = "wkalh-alnmwthj-alghryb"'.replace("wth", "wdh"),
        "2 articles would be indexed; 0 would not",
    ):
        assert part in result.stdout


def test_the_table_shows_as_many_as_asked(archive: Path) -> None:
    assert "b.txt" not in run(archive, "--rows", "1").stdout.split("By agency")[0]
    assert "and 1 more" in run(archive, "--rows", "1").stdout
    assert "Where " not in run(archive, "--rows", "0").stdout.split("By agency")[0]
    assert "more (" not in run(archive, "--rows", "-1").stdout


def test_machines_get_one_object_a_line_and_nothing_else(archive: Path) -> None:
    (archive / "c.pdf").write_bytes(b"%PDF")
    process = subprocess.run(
        [NABA, "check", "--json", archive], capture_output=True, check=False, timeout=60
    )
    rows = [json.loads(line) for line in process.stdout.splitlines()]
    assert [row["path"] for row in rows] == ["a.txt", "b.txt"]
    assert rows[0]["agency"] == "reuters"
    assert "c.pdf: unknown-format: " in process.stderr.decode()
    assert process.returncode == 1


def test_options_supply_agency_date_and_source(archive: Path) -> None:
    (archive / "b.txt").write_text(BODY, encoding="utf-8")
    before, after = (
        [json.loads(line) for line in result.stdout.splitlines()]
        for result in (
            run(archive, "--json"),
            run(archive, "--json", "--agency", "رويترز", "--date", "2020-12", "--source", "other"),
        )
    )
    assert [row["agency"] for row in before] == ["reuters", None]
    assert [(row["agency"], row["agency_origin"]) for row in after] == [
        ("reuters", "footer"),
        ("reuters", "given"),
    ]
    assert {(row["published"], row["precision"], row["date_origin"]) for row in after} == {
        ("2020-12-01", "month", "given")
    }
    assert not {row["id"] for row in before} & {row["id"] for row in after}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["nowhere"], "There is no file or folder nowhere.", id="no such folder"),
        pytest.param(
            [".", "--agency", "nobody"], "is no agency of the registry", id="unknown agency"
        ),
        pytest.param(
            [".", "--date", "2020-02-30"], "is no date; write YYYY-MM-DD", id="impossible date"
        ),
        pytest.param([".", "--date", "yesterday"], "is no date; write YYYY-MM-DD", id="no date"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    archive: Path, arguments: list[str], sentence: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.replace("│", " ").split())
    assert result.stdout == ""


def test_a_registry_that_cannot_be_read_is_told(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text("[[source]", encoding="utf-8")
    monkeypatch.setenv("NABA_AGENCIES", str(tmp_path / "own.toml"))
    result = run(archive)
    assert result.exit_code == 2
    assert "not a TOML file" in " ".join(result.stderr.replace("│", " ").split())


def test_a_newsrooms_own_registry_is_used(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted = run(archive).stdout
    entry = pasted[pasted.index("[[source]]") :].split("\n\n")[0]
    (tmp_path / "own.toml").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("NABA_AGENCIES", str(tmp_path / "own.toml"))
    assert "Credits that no agency is known by" not in run(archive).stdout


def test_entries_are_offered_only_for_what_may_be_an_agency(archive: Path) -> None:
    for name, credit in (("b", "صحيفة النموذج"), ("c", "الشرق الأوسط"), ("d", "محمد أحمد")):
        text = f"خبر\n{BODY}المصدر: {credit}\n"
        (archive / f"{name}.txt").write_text(text, encoding="utf-8")
    shown = run(archive).stdout.split("Credits that no agency is known by")[1]
    assert "[[source]]" not in shown
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    for row in (
        "صحيفة النموذج an outlet 1",
        "الشرق الأوسط an outlet 1",
        "محمد أحمد a correspondent 1",
    ):
        assert row in rows


def test_it_needs_no_elasticsearch_and_writes_nothing(archive: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "NABA_ELASTICSEARCH_URL": "http://127.0.0.1:9",
        "NABA_DATA_DIR": str(tmp_path / "data"),
    }
    process = subprocess.run(
        [NABA, "check", archive], env=environment, capture_output=True, check=False, timeout=60
    )
    assert process.returncode == 0
    assert not (tmp_path / "data").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive"]


def test_a_reader_that_goes_away_gets_no_complaint(archive: Path) -> None:
    command = f"{NABA} check --json {archive} | head -c 1 > /dev/null"
    process = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=60)
    assert "Traceback" not in process.stderr.decode()
    assert "Error" not in process.stderr.decode()


def test_help_has_an_example_and_the_formats() -> None:
    text = " ".join(run("--help").stdout.replace("│", " ").split())
    assert "Example: naba check archive/" in text
    assert ".jsonl" in text
