import pytest

from transfer import memory
from transfer.errors import PlanError

GIB = 2**30


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2GiB", 2 * GIB),
        ("2.5 gib", 5 * GIB // 2),
        ("800MB", 800_000_000),
        ("3G", 3 * GIB),
        ("2g", 2 * GIB),
        ("123456789", 123456789),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, wanted):
    assert memory.parsed(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "much", "-2GiB", "2 apples", "GiB", "1e9GiBx", "2,5GiB", "2GiB plenty", "1.5.3", "9" * 400]
)
def test_what_is_no_amount_is_refused_in_a_sentence(text):
    with pytest.raises(PlanError, match=r"is no amount of memory: .*\.$"):
        memory.parsed(text)


def test_without_a_word_it_is_half_of_the_machines_and_stays_what_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "usable", lambda: 10 * GIB)
    assert memory.budget(None, tmp_path / "new") == 5 * GIB
    monkeypatch.setattr(memory, "usable", lambda: 4 * GIB)
    assert memory.budget(None, tmp_path / "new") == 5 * GIB
    assert memory.budget("1GiB", tmp_path / "new") == GIB


def test_a_damaged_note_is_written_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "usable", lambda: 8 * GIB)
    (tmp_path / "memory").write_text("??")
    assert memory.budget(None, tmp_path) == 4 * GIB
    assert memory.parsed((tmp_path / "memory").read_text().strip()) == 4 * GIB
