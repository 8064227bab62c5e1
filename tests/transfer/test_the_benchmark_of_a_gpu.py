import torch

from benchmarks import gpu
from transfer.recipes.style import StyleRecipe

RECIPE = StyleRecipe(num_iterations=3)


def test_without_a_gpu_it_says_so_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert gpu.main() == 0
    assert capsys.readouterr().out == "This machine has no CUDA device that torch can use: nothing is measured.\n"


def test_sizes_for_which_no_time_is_left_are_left_out():
    (row,) = gpu.measured(torch.device("cpu"), (4096,), limit=0)
    assert row["first, s"] == "no time left"


def test_a_processor_gives_the_same_bytes_twice(monkeypatch):
    monkeypatch.setattr(gpu, "StyleRecipe", lambda **fields: RECIPE.with_changes(**fields))
    (row,) = gpu.measured(torch.device("cpu"), (64,))
    assert row["twice the same bytes"] == "yes"
    assert len(row["warm, s"].split(" and ")) == 2


def test_frames_are_counted(monkeypatch):
    monkeypatch.setattr(gpu, "CLIP", 1)
    alone, of_a_film = gpu.frames(torch.device("cpu"), 64, seconds=0.2)
    assert alone["a second"] > 0
    assert of_a_film["a second"] > 0
