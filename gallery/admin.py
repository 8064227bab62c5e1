"""The admin: pictures, pairs and renders, and the action that re-renders with another recipe."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from gallery.accounts.person import Person
from gallery.accounts.session import person_of
from gallery.models import Lease, Pair, Picture, Render, Thumbnail, Worker
from gallery.queueing import deletion, queue
from gallery.queueing.order import Order
from gallery.recipes.fields import RecipeForm, initial
from gallery.studio.slots import beside_pictures
from gallery.studio.submission import Refused, again
from transfer.words import duration

admin.site.site_header = admin.site.site_title = "Stylesite"


def _small(pictured: Thumbnail) -> str:
    if not pictured.thumbnail:
        return "–"
    return format_html(
        '<img src="{}" alt="" style="max-height: 72px; max-width: 120px; border-radius: 4px">', pictured.thumbnail.url
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what} is" if number == 1 else f"{number} {what}s are"


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Uploads. A picture that renders use cannot be deleted here before they are."""

    list_display = ("preview", "name", "width", "height", "owner", "created")
    list_display_links = ("preview", "name")
    list_select_related = ("owner",)
    search_fields = ("name", "sha256")
    date_hierarchy = "created"
    fields = readonly_fields = ("preview", "name", "width", "height", "owner", "sha256", "file", "created")

    @admin.display(description="")
    def preview(self, picture: Picture) -> str:
        """The thumbnail."""
        return _small(picture)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Pictures come through the studio, which checks them."""
        return False

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        """Deletes the files too."""
        deletion.delete_picture(person_of(request), obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        """Deletes the files too."""
        for picture in queryset:
            deletion.delete_picture(person_of(request), picture)


@admin.register(Pair)
class PairAdmin(admin.ModelAdmin):
    """A content and a style."""

    list_display = ("__str__", "content_preview", "style_preview", "created")
    search_fields = ("content__name", "style__name")
    list_select_related = ("content", "style")
    fields = readonly_fields = ("content", "content_preview", "style", "style_preview", "created")

    @admin.display(description="content")
    def content_preview(self, pair: Pair) -> str:
        """The content's thumbnail."""
        return _small(pair.content)

    @admin.display(description="style")
    def style_preview(self, pair: Pair) -> str:
        """The style's thumbnail."""
        return _small(pair.style)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Pairs come with their first render."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Pair | None = None) -> bool:
        """Pairs go with their last render."""
        return False


@admin.register(Render)
class RenderAdmin(admin.ModelAdmin):
    """Renders of everybody, with everything that made them."""

    list_display = ("preview", "__str__", "status", "paused", "priority", "owner", "took", "created")
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
        "preview", "status", "paused", "error", "notes_shown", "priority", "pair", "parent_link", "recipe_json",
        "output", "last_picture", "width", "height", "output_sha256", "provenance", "owner", "attempt", "worker",
        "leased_until", "crashes", "memory_halvings", "painted_seconds", "created", "started", "finished",
    )  # fmt: skip
    readonly_fields = tuple(name for name in fields if name != "priority")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Render]:
        """Those that stay: previews in studios pass."""
        return super().get_queryset(request).filter(wanted_until=None)

    @admin.display(description="")
    def preview(self, render: Render) -> str:
        """The output's thumbnail."""
        return _small(render)

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

    @admin.action(description="Re-render with another recipe", permissions=["change"])
    def rerender(self, request: HttpRequest, queryset: QuerySet[Render]) -> HttpResponse | None:
        """Shows the recipe as a form; once that is filled in, makes a new render of each with this one as parent."""
        sources = list(queryset.select_related("pair__content", "pair__style"))
        orders = list(map(Order.of, sources))
        submitted, kind = "image_size" in request.POST, sources[0].kind
        if any(each.kind is not kind for each in sources):
            self.message_user(request, "These renders are of several kinds: choose those of one kind.", messages.ERROR)
            return None
        form = RecipeForm(request.POST if submitted else None, initial=initial(sources[0].recipe), kind=kind)
        if all(order.masks for order in orders):
            form.offer("regions", "masks")
        if all(order.start for order in orders):
            form.offer("init", "picture")
        if submitted and form.is_valid() and self._rerendered(form, sources, person_of(request)):
            self.message_user(request, f"{_counted(len(sources), 'new render')} in the queue.", messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Re-render with another recipe",
            "opts": self.model._meta,
            "form": form,
            "sources": sources,
        }
        template = "admin/gallery/render/rerender.html"
        return TemplateResponse(request, template, context, status=422 if submitted else 200)

    def _rerendered(self, form: RecipeForm, sources: list[Render], person: Person) -> bool:
        """Makes all of them, or none where one cannot be done: then the form says why."""
        try:
            with transaction.atomic():
                for source in sources:
                    again(source, form.recipe.with_changes(**beside_pictures(source.recipe)), person)
        except Refused as refused:
            form.complain(refused.faults)
            return False
        return True

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

    @admin.action(description="Keep what there is", permissions=["change"])
    def keep(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Has renders that are being painted published as they are."""
        self._do(request, queryset, queue.keep, "kept")

    @admin.action(description="Try again", permissions=["change"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Lets renders that failed or were cancelled wait once more."""
        self._do(request, queryset, queue.retry, "waiting again")

    @admin.action(description="Move to the front of their owner's", permissions=["change"])
    def move_to_the_front(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Puts renders before the others of the same person, in the order in which they waited."""
        self._do(request, queryset.order_by("-place"), lambda render: queue.move(render, "front"), "moved")

    def _do(
        self, request: HttpRequest, queryset: QuerySet[Render], act: Callable[[Render], bool], outcome: str
    ) -> None:
        count = sum(act(render) for render in queryset)
        self.message_user(request, f"{_counted(count, 'render')} {outcome}.", messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: Render, form: Any, change: bool) -> None:
        """Writes the priority alone: a worker may have changed the rest of the row since it was read."""
        obj.save(update_fields=["priority"])

    def delete_model(self, request: HttpRequest, obj: Render) -> None:
        """Deletes the files too."""
        deletion.delete_render(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Render]) -> None:
        """Deletes the files too."""
        for render in queryset.select_related("pair"):
            deletion.delete_render(render)


@admin.register(Worker)
class WorkerAdmin(admin.ModelAdmin):
    """The workers, as they report themselves."""

    list_display = ("name", "host", "device", "seen", "started")
    fields = readonly_fields = ("name", "host", "device", "memory", "networks", "facts", "started", "seen")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Workers register themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Worker | None = None) -> bool:
        """And say themselves what they are."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Worker | None = None) -> bool:
        """They are forgotten a day after they were last heard of."""
        return False
