"""The benchmark of instant pictures, and of renders that start from them."""

import pytest

from benchmarks import instant
from benchmarks.judge.score import Judge
from benchmarks.styleid import Run


@pytest.fixture
def run(tmp_path, picture_files, monkeypatch):
    """One pair at a size at which a test is quick."""
    monkeypatch.setattr("benchmarks.judge.style.SIDES", (64,))
    monkeypatch.setattr("benchmarks.judge.content.SIDE", 64)
    for name, path in zip(("cnt", "sty"), picture_files, strict=True):
        (tmp_path / name).mkdir()
        path.rename(tmp_path / name / path.name)
    return Run(tmp_path, 1, 64, kept=tmp_path / "kept")


def test_each_recipe_is_scored_and_timed(run, vgg19_file, monkeypatch):
    monkeypatch.setattr(instant, "ITERATIONS", (2,))
    all_of_them = {**instant.qualities(64), **instant.starts(64)}
    recipes = {name: all_of_them[name] for name in ("instant", "content, 2 iterations", "instant, 2 iterations")}
    rows = list(instant.measured(run, Judge(vgg19_file), recipes))
    assert [row[""] for row in rows] == list(recipes)
    assert all(row["processor s"] > 0 and row["style_vgg"] > 0 for row in rows)
    assert len({path.read_bytes() for path in run.kept.iterdir()}) == 3


def test_what_is_missing_is_said_in_a_sentence(run_python, tmp_path, vgg19_file):
    finished = run_python("-m", "benchmarks.instant", tmp_path, "--vgg19", vgg19_file)
    assert finished.returncode == 1
    assert finished.stderr.startswith("error: There are no pictures in ")
    assert finished.stderr.count("\n") == 1
