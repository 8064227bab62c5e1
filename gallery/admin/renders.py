"""Renders in the admin, and the action that re-renders many with a few changes."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from gallery.accounts.session import person_of
from gallery.admin.community import InCollections
from gallery.admin.rerendering import ChangesForm
from gallery.admin.showing import counted, small
from gallery.browsing.search import note_words
from gallery.models import Lease, Render
from gallery.queueing import deletion, queue
from transfer.words import duration

EDITABLE = ("title", "description", "priority")


@admin.register(Render)
class RenderAdmin(admin.ModelAdmin):
    """Renders of everybody, with everything that made them."""

    list_display = ("preview", "__str__", "state", "priority", "owner", "took", "created")
    list_display_links = ("preview", "__str__")
    list_filter = ("status", "paused", "created")
    list_editable = ("priority",)
    list_select_related = ("pair__content", "pair__style", "owner")
    list_per_page = 50
    search_fields = ("id", "inputs__picture__name", "error")
    date_hierarchy = "created"
    actions = ("rerender", "pause", "resume", "keep", "cancel", "retry", "move_to_the_front")
    change_list_template = "admin/gallery/render/change_list.html"
    fields = (
        "preview", "title", "description", "tags", "state", "error", "notes_shown", "priority", "pair",
        "parent_link", "recipe_json",
        "output", "last_picture", "width", "height", "output_sha256", "provenance", "owner", "attempt", "worker",
        "leased_until", "crashes", "memory_halvings", "painted_seconds", "created", "started", "finished",
    )  # fmt: skip
    readonly_fields = tuple(name for name in fields if name not in (*EDITABLE, "tags"))
    autocomplete_fields = ("tags",)
    inlines = (InCollections,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Render]:
        """Those that stay: previews in studios pass."""
        return super().get_queryset(request).filter(wanted_until=None)

    @admin.display(description="status", ordering="status")
    def state(self, render: Render) -> str:
        """The status in words, and whether it is paused."""
        return f"{render.get_status_display()}, paused" if render.paused else render.get_status_display()

    @admin.display(description="")
    def preview(self, render: Render) -> str:
        """The output's thumbnail."""
        return small(render)

    @admin.display(description="took")
    def took(self, render: Render) -> str:
        """How long the painting took."""
        return "–" if render.seconds is None else duration(render.seconds)

    @admin.display(description="re-rendered from")
    def parent_link(self, render: Render) -> str:
        """The render that this one was made from."""
        if render.parent is None:
            return "–"
        address = reverse("admin:gallery_render_change", args=[render.parent_id])
        return format_html('<a href="{}">{}</a>', address, render.parent)

    @admin.display(description="notes")
    def notes_shown(self, render: Render) -> str:
        """What happened on the way."""
        return "\n".join(render.notes) or "–"

    @admin.display(description="leased until")
    def leased_until(self, render: Render) -> datetime.datetime | None:
        """How long its worker need not be heard of."""
        return Lease.objects.filter(render=render).values_list("until", flat=True).first()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Renders come from the studio and from re-rendering."""
        return False

    @admin.action(description="Re-render with changes", permissions=["change"])
    def rerender(self, request: HttpRequest, queryset: QuerySet[Render]) -> HttpResponse | None:
        """Shows the recipe as a form; once that is filled in, makes a new render of each with this one as parent."""
        sources = list(queryset.select_related("pair__content", "pair__style"))
        submitted = "image_size" in request.POST
        if any(each.kind is not sources[0].kind for each in sources):
            self.message_user(request, "These renders are of several kinds: choose those of one kind.", messages.ERROR)
            return None
        form = ChangesForm(sources, request.POST if submitted else None)
        if submitted and form.is_valid() and form.make(person_of(request)):
            self.message_user(request, f"{counted(len(sources), 'new render')} in the queue.", messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Re-render with changes",
            "opts": self.model._meta,
            "form": form,
            "sources": sources,
        }
        template = "admin/gallery/render/rerender.html"
        return TemplateResponse(request, template, context, status=422 if submitted else 200)

    @admin.action(description="Cancel", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Ends renders that wait or run."""
        self._do(request, queryset, queue.cancel, "cancelled")

    @admin.action(description="Pause", permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Lets renders wait until they are resumed."""
        self._do(request, queryset, queue.pause, "paused")

    @admin.action(description="Resume", permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Lets paused renders be taken again."""
        self._do(request, queryset, queue.resume, "resumed")

    @admin.action(description="Stop and keep this", permissions=["change"])
    def keep(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Has renders that are being painted published as they are."""
        self._do(request, queryset, queue.keep, "kept")

    @admin.action(description="Try again", permissions=["change"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Lets renders that failed or were cancelled wait once more."""
        self._do(request, queryset, queue.retry, "waiting again")

    @admin.action(description="Move to the front of their owner's renders", permissions=["change"])
    def move_to_the_front(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Puts renders before the others of the same person, in the order in which they waited."""
        self._do(request, queryset.order_by("-place"), lambda render: queue.move(render, "front"), "moved")

    def _do(
        self, request: HttpRequest, queryset: QuerySet[Render], act: Callable[[Render], bool], outcome: str
    ) -> None:
        count = sum(act(render) for render in queryset)
        self.message_user(request, f"{counted(count, 'render')} {outcome}.", messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: Render, form: Any, change: bool) -> None:
        """Writes only what was changed here: a worker may have changed the rest of the row since it was read."""
        obj.save(update_fields=[name for name in form.changed_data if name in EDITABLE])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The search finds it by its new title and tags."""
        super().save_related(request, form, formsets, change)
        note_words(form.instance)

    def delete_model(self, request: HttpRequest, obj: Render) -> None:
        """Deletes the files too."""
        deletion.delete_render(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Deletes the files too."""
        for render in queryset.select_related("pair"):
            deletion.delete_render(render)
