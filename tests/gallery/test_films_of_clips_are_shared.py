"""A clip becomes a film that several workers paint segment by segment; a killed one costs its segment only."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy
import pytest
from django.test import Client

from gallery.models import Picture, Render, Segment, Status
from gallery.painting import helping
from gallery.painting.local import Local
from gallery.painting.paint import paint
from gallery.painting.sharing import SharedDesk
from gallery.pictures import clips
from gallery.processes.parts import Part
from tests.gallery.files import upload
from tests.gallery.processes import painting_processes
from tests.pictures import as_bytes, painting
from tests.transfer.films import RATE, frames, write
from transfer.errors import ClipError
from transfer.film import segments
from transfer.film.recipe import FilmRecipe
from transfer.film.shots import Shot


def clip(folder: Path, count: int = 8, name: str = "walk.mp4", **options: Any) -> Path:
    return write(folder / name, frames(count, (96, 72)), **options)


def asked(client: Client, path: Path | None, **fields: Any) -> Any:
    given = {"content": upload(path.name, path.read_bytes())} if path else {}
    style = upload("strokes.png", as_bytes(painting((80, 80))))
    return client.post("/new/", {"kind": "film", "style": style, "image_size": "64", **given, **fields})


def render_of(answer: Any) -> str:
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.headers["Location"].split("/")[2]


def test_a_film_has_every_frame_of_its_clip_and_nothing_is_left_of_its_segments(
    worker: Part,
    client: Client,
    wait_for: Callable[..., Render],
    until: Callable[..., None],
    stored_files: Callable[[], set[str]],
    tmp_path: Path,
) -> None:
    row = wait_for(render_of(asked(client, clip(tmp_path, sound="aac"), image_size="96")), "completed", "failed")

    assert (row.status, row.error) == (Status.COMPLETED, "")
    assert (row.film_frames, row.width, row.height) == (8, 96, 72)
    assert row.film_seconds == pytest.approx(8 / RATE, abs=0.05)
    with row.film.open() as stored, av.open(stored) as film:
        assert film.streams.audio
    assert not Segment.objects.exists()
    until(lambda: not [name for name in stored_files() if name.startswith("segments/")], "its segments' files are gone")
    source = Picture.objects.get(film__isnull=False)
    assert (source.film_frames, source.width, source.height, source.name) == (8, 96, 72, "walk.mp4")
    assert client.get(f"/media/{source.film}").status_code == 404
    assert 'class="film-length"' in client.get("/pictures/").content.decode()

    again = render_of(asked(client, None, content_id=str(source.pk), seed="1"))
    assert wait_for(again, "completed", "failed").status == Status.COMPLETED
    of_film = asked(client, None, content_id=str(row.pk), length="0.2")
    assert wait_for(render_of(of_film), "completed", "failed").film_frames == 3


@pytest.mark.slow
def test_two_workers_share_a_film_and_one_that_is_killed_costs_its_segment_only(
    start_worker: Callable[[], Part],
    client: Client,
    wait_for: Callable[..., Render],
    until: Callable[..., None],
    tmp_path: Path,
) -> None:
    workers = [start_worker(), start_worker()]
    film = render_of(asked(client, clip(tmp_path, 216), image_size="128"))  # 18 seconds: six segments
    held = Segment.objects.exclude(holder="").filter(file=None)
    until(lambda: held.count() == 2, "two paint at the same time")
    until(lambda: Segment.objects.painted().exists(), "a segment is painted")
    done = set(Segment.objects.painted().values_list("number", "file"))
    maker = next(each for each in workers if each.name == Render.objects.get(pk=film).worker)
    (process,) = painting_processes(maker)
    os.kill(process, signal.SIGKILL)

    until(lambda: Render.objects.get(pk=film).attempt == 2, "it was taken again")
    assert done <= set(Segment.objects.painted().values_list("number", "file"))
    row = wait_for(film, "completed", "failed")
    assert (row.status, row.error, row.film_frames) == (Status.COMPLETED, "", 216)


def test_a_segment_belongs_to_who_took_it_last(make_render: Callable[..., Render], tmp_path: Path) -> None:
    row = make_render()
    one, other = SharedDesk(row, Local()), SharedDesk(row, Local())
    one.lay_out([segments.Segment(number, 4 * number, 4 * number + 3, Shot(0, 7)) for number in range(2)])
    first, second = one.take(), other.take()
    assert (first, second) == tuple(other.segments())
    assert other.take() is None
    Segment.objects.filter(number=0).update(until=None)
    assert other.take() == first
    painted = tmp_path / "segment.mp4"

    painted.write_bytes(b"late")
    one.put(painted)
    assert one.frames() == 0
    painted.write_bytes(b"in time")
    other.put(painted)
    assert one.frames() == 4
    assert [(part, path.read_bytes()) for part, path in one.parts()] == [(first, b"in time")]


def test_two_who_lay_out_the_same_film_do_not_disturb_each_other(make_render: Callable[..., Render]) -> None:
    row = make_render()
    one, other = SharedDesk(row, Local()), SharedDesk(row, Local())
    laid_out = [segments.Segment(number, 4 * number, 4 * number + 3, Shot(0, 7)) for number in range(2)]
    one.lay_out(laid_out)
    taken = one.take()
    other.lay_out(laid_out)

    assert list(other.segments()) == laid_out
    assert other.take() != taken


def test_a_segment_whose_file_is_cut_short_is_painted_again(make_render: Callable[..., Render], tmp_path: Path) -> None:
    desk, painted = SharedDesk(make_render(), Local()), tmp_path / "segment.mp4"
    desk.lay_out([segments.Segment(0, 0, 3, Shot(0, 3))])
    first = desk.take()
    painted.write_bytes(b"all of it")
    desk.put(painted)
    ((_, stored),) = desk.parts()
    stored.write_bytes(b"all")

    assert list(desk.segments()) == [first]
    assert (desk.frames(), desk.take()) == (0, first)
    desk.put(painted)
    assert [path.read_bytes() for _, path in desk.parts()] == [b"all of it"]


def test_segments_that_go_on_from_each_other_are_painted_in_turn(
    make_render: Callable[..., Render], tmp_path: Path
) -> None:
    row = make_render()
    Render.objects.filter(pk=row.pk).update(recipe_json=FilmRecipe(each="painted").model_dump(mode="json"))
    row.refresh_from_db()
    shots = [Shot(0, 7), Shot(0, 7), Shot(8, 11)]
    desk, other, painted = SharedDesk(row, Local()), SharedDesk(row, Local()), tmp_path / "segment.mp4"
    desk.lay_out([segments.Segment(number, 4 * number, 4 * number + 3, shot) for number, shot in enumerate(shots)])
    first, second, third = desk.segments()

    assert (desk.take(), other.take(), other.take()) == (first, third, None)
    assert desk.before(second) is None
    painted.write_bytes(b"the first")
    desk.put(painted)
    assert other.take() == second
    before = other.before(second)
    assert before is not None
    assert before.read_bytes() == b"the first"

    other.give_back()
    before.write_bytes(b"the")
    desk.segments()
    assert (desk.take(), desk.take()) == (first, None)


def test_nobody_helps_with_a_film_while_a_render_waits(make_render: Callable[..., Render]) -> None:
    film = make_render()
    Render.objects.filter(pk=film.pk).update(status=Status.IN_PROGRESS, worker="elsewhere")
    SharedDesk(film, Local()).lay_out([segments.Segment(0, 0, 3, Shot(0, 3))])
    assert helping.film_to_help_with("here") == film

    waiting = make_render(seed=1)
    assert helping.film_to_help_with("here") is None
    waiting.delete()
    Render.objects.update(paused=True)
    assert helping.film_to_help_with("here") is None


def test_a_clip_whose_rate_varies_has_not_many_more_frames_than_it_was_planned_with(
    client: Client, db: None, clean_queue: object, tmp_path: Path, settings: Any
) -> None:
    path = write(tmp_path / "burst.mp4", frames(20, (96, 72)), times=[*range(0, 760, 40), 20_000])
    settings.FILM_FRAMES = 6
    row = Render.objects.get(pk=render_of(asked(client, path, length="1")))

    with pytest.raises(ClipError, match="The film has 19 frames, and 12 are the most"):
        paint(row, lambda: None)


def test_the_picture_of_a_clip_is_not_looked_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = clip(tmp_path, 64)
    monkeypatch.setattr(clips, "MOST_DECODED", 2)
    found = clips.decode(upload(path.name, path.read_bytes())).picture

    red, _, blue = numpy.asarray(found)[40, 33]  # which the sixteenth frame has painted over
    assert blue > red


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"start": "9"}, "The clip lasts 0.7 s: start earlier."),
        ({"image_size": "2048"}, "A film can be up to 1,024 px long here."),
        ({"content_crop": "0,0,0.5,1"}, "A film cannot be cropped: take all of it."),
    ],
)
def test_what_cannot_be_filmed_is_said_and_nothing_is_queued(
    client: Client, nothing_was_made: Callable[[], bool], tmp_path: Path, fields: dict[str, str], complaint: str
) -> None:
    answer = asked(client, clip(tmp_path), **fields)

    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert nothing_was_made()


def test_bad_clips_get_a_sentence_each(
    client: Client, nothing_was_made: Callable[[], bool], tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "notes.mp4").write_bytes(b"no film at all")
    small = write(tmp_path / "small.mp4", frames(4, (32, 32)))
    picture = tmp_path / "still.png"
    picture.write_bytes(as_bytes(painting((80, 80))))
    good, long = clip(tmp_path), clip(tmp_path, 40, "long.mp4")

    def said(path: Path | None) -> str:
        answer = asked(client, path)
        assert answer.status_code == 422
        (sentence,) = answer.context["form"].errors.popitem()[1]
        return str(sentence)

    assert "is no film that can be read" in said(tmp_path / "notes.mp4")
    assert "each side must have at least 64" in said(small)
    assert "is no film that can be read" in said(picture)
    assert said(None) == "Choose a clip."
    settings.FILM_SECONDS = 2
    assert said(long) == "It would last 3 s, and 2 s are the most here."
    settings.FILM_SECONDS, settings.FILM_FRAMES = 60, 6
    assert "It would have 8 frames, and 6 are the most here" in said(good)
    settings.CLIP_BYTES = 100
    assert "is larger than" in said(good)
    assert nothing_was_made()


def test_the_plan_counts_the_seconds_of_a_clip_that_is_not_sent_yet(client: Client, make_worker: Any) -> None:
    make_worker()
    fields = {"kind": "film", "content_size": "640x360", "style_size": "80x80", "image_size": "512"}

    def told(seconds: str) -> str:
        return client.post("/new/plan/", {**fields, "content_seconds": seconds}).content.decode()

    assert "at 512 × 288 px" in told("4")
    assert told("4") != told("40")
    assert "60 s are the most here" in told("70")


def test_a_clip_place_offers_clips_only_and_a_picture_is_refused(
    client: Client, make_finished: Callable[..., Render]
) -> None:
    row = make_finished()
    page = client.get("/new/choose/?kind=film&for=content").content.decode()
    assert str(row.pk) not in page
    assert "Nothing here" in page
    answer = asked(client, None, content_id=str(row.pk))
    assert "That render is a picture: choose a film." in answer.content.decode()
