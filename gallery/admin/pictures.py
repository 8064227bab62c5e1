"""Pictures and pairs in the admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gallery.accounts.session import person_of
from gallery.admin.showing import small
from gallery.models import Pair, Picture
from gallery.queueing import deletion

CREDIT = ("author", "source", "licence")


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Uploads. A picture that renders use cannot be deleted here before they are."""

    list_display = ("preview", "name", "author", "licence", "width", "height", "owner", "created")
    list_display_links = ("preview", "name")
    list_select_related = ("owner",)
    list_filter = ("licence", "created")
    search_fields = ("name", "sha256", "author", "source", "licence")
    date_hierarchy = "created"
    fields = ("preview", "name", *CREDIT, "width", "height", "owner", "sha256", "file", "created")
    readonly_fields = tuple(name for name in fields if name not in CREDIT)

    @admin.display(description="")
    def preview(self, picture: Picture) -> str:
        """The thumbnail."""
        return small(picture)

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
        return small(pair.content)

    @admin.display(description="style")
    def style_preview(self, pair: Pair) -> str:
        """The style's thumbnail."""
        return small(pair.style)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Pairs come with their first render."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Pair | None = None) -> bool:
        """Pairs go with their last render."""
        return False
