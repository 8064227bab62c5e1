"""Frames that are painted on from each other keep the shapes of the clip: lines do not gather beside strong edges."""

from statistics import fmean

from torch.nn.functional import cosine_similarity, instance_norm

from benchmarks.drawings import brush, village
from benchmarks.films import filmed, moved_over
from transfer.film.recipe import FilmRecipe
from transfer.images import to_tensor


def test_the_last_frames_are_closer_to_the_clip_than_the_first(network):
    before = moved_over(village(), 128, 0, 1)
    after = filmed(before, brush(), FilmRecipe(image_size=128, each="painted"))

    def likeness(number):
        shapes = [instance_norm(network(to_tensor(each[number]))["relu3_1"]).flatten() for each in (before, after)]
        return float(cosine_similarity(*shapes, dim=0))

    assert fmean(likeness(number) for number in range(-4, 0)) > likeness(0)
