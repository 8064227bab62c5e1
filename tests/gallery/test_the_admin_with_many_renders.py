"""The admin's list of renders works however long it is, and never overwrites a worker's changes."""

from collections.abc import Callable

from django.test import Client

from gallery.models import Render, Status


def management_form(rows: list[Render]) -> dict[str, object]:
    """The hidden fields of the list's priorities."""
    form: dict[str, object] = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for index, row in enumerate(rows):
        form |= {f"form-{index}-id": row.pk, f"form-{index}-priority": row.priority}
    return form


def test_the_rerender_action_works_on_a_full_page(charlies_browser: Client, make_render: Callable[..., Render]) -> None:
    first = make_render()
    rows = [first, *(Render(pair=first.pair, recipe_json=first.recipe_json, status="failed") for _ in range(59))]
    Render.objects.bulk_create(rows[1:])
    chosen = {"action": "rerender", "_selected_action": [row.pk for row in rows], "index": 0}
    response = charlies_browser.post("/admin/gallery/render/", management_form(rows[:50]) | chosen)
    assert response.status_code == 200
    assert b"Re-render with changes" in response.content


def test_saving_a_priority_leaves_the_rest_of_the_row_to_the_worker(
    charlies_browser: Client, make_render: Callable[..., Render]
) -> None:
    row = make_render()
    address = f"/admin/gallery/render/{row.pk}/change/"
    (inline,) = charlies_browser.get(address).context["inline_admin_formsets"]
    no_collections = {f"{inline.formset.prefix}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    Render.objects.filter(pk=row.pk).update(status=Status.IN_PROGRESS, attempt=7)
    assert charlies_browser.post(address, {"priority": 5, **no_collections}).status_code == 302
    row.refresh_from_db()
    assert (row.priority, row.status, row.attempt) == (5, Status.IN_PROGRESS, 7)
