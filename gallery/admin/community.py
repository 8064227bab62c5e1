"""Tags and collections in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from gallery.admin.showing import small
from gallery.browsing import tags
from gallery.browsing.search import note_words
from gallery.models import Collection, CollectionEntry, Render, Tag


class InCollections(admin.TabularInline):
    """The collections that a render is in."""

    model = CollectionEntry
    fields = ("collection",)
    autocomplete_fields = ("collection",)
    extra = 0
    verbose_name, verbose_name_plural = "collection", "collections"


class Entries(admin.TabularInline):
    """The renders of a collection."""

    model = CollectionEntry
    fields = ("preview", "render")
    readonly_fields = ("preview",)
    raw_id_fields = ("render",)
    extra = 0
    verbose_name, verbose_name_plural = "render", "renders"

    @admin.display(description="")
    def preview(self, entry: CollectionEntry) -> str:
        """The output's thumbnail."""
        return small(entry.render)


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):
    """Collections of everybody, and which of them are on the first page."""

    list_display = ("title", "owner", "renders_in_it", "featured", "place", "created")
    list_editable = ("featured", "place")
    list_filter = ("featured", "created")
    list_select_related = ("owner",)
    search_fields = ("title", "description", "owner__username")
    fields = ("title", "description", "owner", "featured", "place", "created")
    readonly_fields = ("created",)
    raw_id_fields = ("owner",)
    inlines = (Entries,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        """With the number of their renders."""
        found: QuerySet[Collection] = super().get_queryset(request)
        return found.annotate(size=Count("entries"))

    @admin.display(description="renders", ordering="size")
    def renders_in_it(self, collection: Any) -> int:
        """How many there are in it."""
        return int(collection.size)


class TagForm(forms.ModelForm):
    """A tag's name, in the form in which tags are found."""

    class Meta:
        model = Tag
        fields = ["name"]

    def clean_name(self) -> str:
        """The name as it is stored."""
        name = tags.normal(self.cleaned_data["name"])
        tags.check(name)
        return name


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Tags, which may be renamed and deleted; the search follows."""

    form = TagForm
    list_display = ("name", "renders_with_it")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """With the number of their renders."""
        found: QuerySet[Tag] = super().get_queryset(request)
        return found.annotate(size=Count("renders"))

    @admin.display(description="renders", ordering="size")
    def renders_with_it(self, tag: Any) -> int:
        """How many have it."""
        return int(tag.size)

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """The search finds the tag's renders by its new name."""
        super().save_model(request, obj, form, change)
        _note(list(obj.renders.all()))

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        """And no longer by a tag that is gone."""
        renders = list(obj.renders.all())
        super().delete_model(request, obj)
        _note(renders)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        """The same, for several."""
        renders = list(Render.objects.filter(tags__in=queryset).distinct())
        super().delete_queryset(request, queryset)
        _note(renders)


def _note(renders: list[Render]) -> None:
    for render in renders:
        note_words(render)
