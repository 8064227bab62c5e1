"""Before anybody presses the button, the studio knows what a render will need, its device, and when it will finish."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gallery.models import Picture, Render, Status, Worker
from gallery.queueing import answers, forecast
from gallery.recipes.fields import offered
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Worker]
Ask = Callable[..., str]
SIZES = {"content_size": "1024x768", "style_size": "800x600"}


@pytest.fixture
def ask(admin_client: Client) -> Ask:
    """What /new/plan/ answers to somebody of the staff, without tags and advice."""

    def answer(**query: object) -> str:
        answers.forget(forecast.NAME)  # tests write to the database themselves
        response = admin_client.get("/new/plan/", {**SIZES, **query})
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        needs = response.content.decode().partition('<ul class="advice">')[0]
        return " ".join(re.sub(r"<[^>]*>", " ", needs).split())

    return answer


def seconds(sentence: str) -> int:
    found = re.match(r"About (?:(\d+) min )?(\d+) s\b", sentence)
    assert found, sentence
    return 60 * int(found[1] or 0) + int(found[2])


def test_it_tells_time_memory_device_and_the_true_size(ask: Ask, make_worker: Make) -> None:
    make_worker()

    found = ask(image_size=512)

    assert re.fullmatch(r"About [\d ms in]+ s, \d\.\d GiB on cpu \(2 threads\), at 512 × 384 px\.", found)
    assert seconds(ask(image_size=1024)) > seconds(found)


def test_visitors_are_not_told_the_device(client: Client, make_worker: Make) -> None:
    make_worker()

    assert "cpu" not in client.get("/new/plan/", {**SIZES, "image_size": 512}).content.decode()


def test_without_a_worker_it_tells_memory_alone(ask: Ask) -> None:
    assert re.fullmatch(r"About \d\.\d GiB at 512 × 384 px\.", ask(image_size=512))


def test_a_worker_that_has_not_told_its_speed_yet(ask: Ask, make_worker: Make) -> None:
    make_worker(device="", facts={})

    assert re.fullmatch(r"About \d\.\d GiB at 512 × 384 px\.", ask(image_size=512))


@pytest.mark.parametrize("facts", [None, [], {"width": "x", "speeds": {}}, {"width": 2, "speeds": {"vgg19-lite": {}}}])
def test_facts_of_another_version_are_left_out(facts: object, ask: Ask, make_worker: Make) -> None:
    if facts is None:
        make_worker(facts={"speeds": None})
    else:
        make_worker(facts=facts)

    assert ask(image_size=512).startswith("About ")


def test_pictures_that_are_there_are_named_by_id(
    client: Client, ask: Ask, make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)
    named = {"content_id": content.pk, "style_id": style.pk}

    by_id = client.get("/new/plan/", {**named, "image_size": 480}).content.decode()

    assert "at 480 × 400 px" in by_id
    assert ask(image_size=480, content_size="300x300", **named).endswith("at 480 × 480 px.")  # the file wins
    assert ask(image_size=480, content_size="rubbish", **named).endswith("at 480 × 400 px.")


def test_the_quickest_worker_that_can_do_it_is_named(ask: Ask, make_worker: Make) -> None:
    make_worker("slow", memory=16 * 2**30)
    make_worker("quick", memory=2 * 2**30, faster=20, device="cuda: H200, bfloat16")
    make_worker("dead", faster=500, device="dead: none", seen=timezone.now() - timedelta(minutes=5))

    assert "on cuda (H200)" in ask(image_size=512)
    assert "on cpu (2 threads)" in ask(image_size=8192)


def test_what_no_worker_can_do_is_refused_with_a_sentence(client: Client, ask: Ask, make_worker: Make) -> None:
    make_worker("small", memory=600 * 2**20)
    make_worker("smaller", memory=500 * 2**20)

    found = ask(image_size=16384)

    assert re.fullmatch(r"16,384 px needs .+ GiB; this machine allows 600 MiB\. Try \d+\.", found)
    page = client.get("/new/plan/", {**SIZES, "image_size": 16384}).content.decode()
    assert 'class="notice wrong"' in page


def test_what_comes_before_it_is_waited_for(ask: Ask, make_worker: Make, make_render: Callable[..., Render]) -> None:
    make_worker()
    assert "Finished in" not in ask(image_size=1024)

    make_render(image_size=1024, num_iterations=500)
    alone = re.search(r"Finished in about (.+), after what comes before it\.", ask(image_size=1024))
    assert alone
    for _ in range(2):
        make_render(image_size=1024, num_iterations=500)

    after_three = ask(image_size=1024)
    assert "Finished in about" in after_three
    assert alone[0] not in after_three


def test_an_idle_worker_paused_renders_and_large_ones_keep_no_small_one_waiting(
    ask: Ask, make_worker: Make, make_render: Callable[..., Render]
) -> None:
    make_worker()
    large = make_render(image_size=2048)
    assert "Finished in" not in ask(image_size=256)
    assert "Finished in" in ask(image_size=1024)

    Render.objects.filter(pk=large.pk).update(paused=True)
    assert "Finished in" not in ask(image_size=1024)

    Render.objects.filter(pk=large.pk).update(paused=False, status=Status.IN_PROGRESS, started=timezone.now())
    make_worker("idle")
    assert "Finished in" not in ask(image_size=1024)


@pytest.mark.parametrize(
    "query",
    [
        {"content_size": ""},
        {"style_size": "800"},
        {"content_size": "63x800"},
        {"content_size": "12000x64"},
        {"content_size": "-5x-5"},
        {"content_size": "99999999999x1"},
        {"content_id": "no-id", "content_size": "x"},
        {"image_size": "9"},
        {"image_size": "1" * 5000},
        {"learning_rate": "nan"},
        {"backbone": "vgg19"},
        {"style_layers": "\x00"},
    ],
)
def test_without_pictures_or_with_a_wrong_field_it_is_empty(query: dict[str, str], ask: Ask) -> None:
    assert ask(**query) == ""


garbage = st.dictionaries(
    st.sampled_from(
        [*offered(StyleRecipe), "content_size", "style_size", "content_id", "style_id", "style_2_id", "style_colours"]
    ),
    st.one_of(st.text(max_size=20), st.integers().map(str), st.floats().map(str), st.just("300x200")),
)


@given(garbage)
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_has_an_answer_for_anything(client: Client, db: None, query: dict[str, str]) -> None:
    assert client.get("/new/plan/", query).status_code == 200


def test_it_asks_the_database_little_however_much_waits(
    client: Client, make_worker: Make, make_render: Callable[..., Render], django_assert_max_num_queries: Callable
) -> None:
    make_worker()
    first = make_render()
    fields = {"pair": first.pair, "recipe_json": StyleRecipe(image_size=300).model_dump(mode="json")}
    Render.objects.bulk_create(Render(**fields) for _ in range(300))

    with django_assert_max_num_queries(4):
        found = client.get("/new/plan/", {**SIZES, "image_size": 512}).content.decode()

    assert "Finished in" in found


def test_a_form_may_be_posted_and_nothing_is_changed_by_it(client: Client, db: None) -> None:
    told = client.post("/new/plan/", {**SIZES, "image_size": 512})

    assert told.content == client.get("/new/plan/", {**SIZES, "image_size": 512}).content
    assert "at 512 × 384 px" in told.content.decode()
    assert client.put("/new/plan/").status_code == 405
    assert not Picture.objects.exists()
    assert not Render.objects.exists()


def test_a_busy_machine_takes_longer(ask: Ask, make_worker: Make) -> None:
    alone = make_worker("idle").facts
    undisturbed = seconds(ask(image_size=1024))
    Worker.objects.update(facts={**alone, "slowed": 2.5})

    assert seconds(ask(image_size=1024)) == pytest.approx(2.5 * undisturbed, abs=2)


def test_every_style_counts(ask: Ask, make_worker: Make) -> None:
    make_worker(faster=0.01)

    one = seconds(ask(image_size=512))
    several = {f"style_{number}_size": "800x600" for number in range(2, 9)}

    assert seconds(ask(image_size=512, **several)) > one
