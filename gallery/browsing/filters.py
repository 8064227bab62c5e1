"""Which finished renders the gallery shows, and in which order: a form whose fields are the page's query.

Values that make no sense are ignored. The rest has one canonical query, which people can share.

A database would rather look up ten thousand renders of one style than walk along the gallery's index, although that
holds every column it needs and is already in order. So we hide conditions from the other indexes: then any page is one
walk along one narrow index, whatever the filter.
"""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Func, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from gallery.accounts.person import Person
from gallery.browsing.paging import LARGEST, MOST_LIKED, NEWEST, OLDEST, SortOrder
from gallery.browsing.search import found_by, plain
from gallery.browsing.tags import normal
from gallery.models import Favourite, Pair, Picture, Render, RenderInput
from gallery.models.community import LONGEST_TAG
from gallery.models.querysets import RenderQuerySet
from transfer.credits import LONGEST_AUTHOR, LONGEST_LICENCE
from transfer.features.registry import BACKBONES
from transfer.inputs import Role
from transfer.kinds import known

ORDERS = {"newest": NEWEST, "oldest": OLDEST, "liked": MOST_LIKED, "largest": LARGEST}
SORTS = [("newest", "Newest"), ("oldest", "Oldest"), ("liked", "Most liked"), ("largest", "Largest")]
SIZES = {"small": (0, 512), "medium": (513, 1024), "large": (1025, 2**31 - 1)}
NETWORKS = [(name, each.title.partition(" (")[0]) for name, each in BACKBONES.items()]
WITHIN = {"day": datetime.timedelta(1), "week": datetime.timedelta(7), "month": datetime.timedelta(30)}
EARLIEST, LATEST = datetime.date(1990, 1, 1), datetime.date(2990, 1, 1)
DATES = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class Hidden(Func):
    """A column, written so that no index applies to it. In SQLite a unary plus does that."""

    arity = 1
    template = "COALESCE(%(expressions)s, %(expressions)s)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """With the plus."""
        return super().as_sql(compiler, connection, template="+%(expressions)s", **context)


def _kinds() -> list[tuple[str, str]]:
    """Those that begin with pictures come first, as in the studio."""
    first = sorted(known().values(), key=lambda kind: not kind.takes)
    return [("", "Any"), *((kind.name, kind.title) for kind in first)]


@dataclass(frozen=True)
class Chip:
    """An active filter, as the page shows it, and the query without it."""

    words: str
    without: str
    picture: Picture | None = None


class GalleryFilter(forms.Form):
    """The gallery's query. `select` makes the queryset, `query` the canonical query, `chips` the active filters."""

    q = forms.CharField(required=False, max_length=100, label="Search")
    sort = forms.ChoiceField(required=False, choices=SORTS, label="Order")
    tag = forms.CharField(required=False, max_length=LONGEST_TAG)
    by = forms.CharField(required=False, max_length=150, label="By")
    only = forms.ChoiceField(
        required=False, choices=[("", "Everybody's"), ("mine", "Mine"), ("favourites", "My favourites")], label="Show"
    )
    kind = forms.ChoiceField(required=False, choices=_kinds, label="Kind")
    size = forms.ChoiceField(
        required=False,
        choices=[("", "Any"), ("small", "Up to 512 px"), ("medium", "Up to 1,024 px"), ("large", "Larger")],
    )
    backbone = forms.ChoiceField(required=False, choices=[("", "Any"), *NETWORKS], label="Network")
    within = forms.ChoiceField(
        required=False,
        choices=[("", "Any time"), ("day", "The last day"), ("week", "The last week"), ("month", "The last month")],
        label="When",
    )
    since = forms.DateField(required=False, validators=DATES, widget=forms.DateInput({"type": "date"}), label="From")
    until = forms.DateField(required=False, validators=DATES, widget=forms.DateInput({"type": "date"}), label="To")
    likes = forms.IntegerField(required=False, min_value=1, max_value=10**6, label="Minimum likes")
    author = forms.CharField(required=False, max_length=LONGEST_AUTHOR, label="Picture by")
    licence = forms.CharField(required=False, max_length=LONGEST_LICENCE, label="Licence")
    style = forms.UUIDField(required=False, widget=forms.HiddenInput)
    content = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, person: Person) -> None:
        super().__init__(query, auto_id="filter-%s")
        self.person = person
        self.full_clean()
        self.values = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        if self.values.get("sort") == "newest":
            del self.values["sort"]
        if not plain(self.values.get("q", "")):
            self.values.pop("q", None)
        # The fields show what applies, not what was ignored.
        self.data = {name: str(value) for name, value in self.values.items()}

    @property
    def order(self) -> SortOrder:
        """The order of the renders."""
        return ORDERS[self.values.get("sort", "newest")]

    @property
    def is_on(self) -> bool:
        """Whether any filter is active; an order alone hides nothing."""
        return bool(set(self.values) - {"sort"})

    def query(self, **changes: str) -> str:
        """The canonical query, with its question mark unless it is empty; an empty value leaves a field out."""
        values = {**self.data, **changes}
        query = urlencode([(name, values[name]) for name in (*self.fields, "after") if values.get(name)])
        return f"?{query}" if query else ""

    def select(self) -> RenderQuerySet:
        """The renders that pass and that this person may see, unordered."""
        renders = Render.objects.visible_to(self.person).in_gallery()
        for name, value in self.values.items():
            if name != "sort":
                renders = getattr(self, f"_by_{name}")(renders, value)
        return renders

    def chips(self) -> list[Chip]:
        """The active filters, in the form's order."""
        return [self._chip(name, value) for name, value in self.values.items() if name != "sort"]

    def _chip(self, name: str, value: Any) -> Chip:
        without = self.query(**{name: ""}) or "."
        if name in ("style", "content"):
            picture = Picture.objects.visible_to(self.person).filter(pk=value).first()
            return Chip(f"{name.capitalize()}: {picture or 'a picture that is gone'}", without, picture)
        field = self.fields[name]
        words = dict(field.choices)[value] if isinstance(field, forms.ChoiceField) else value  # type: ignore[arg-type]
        said = {"q": f"“{value}”", "tag": f"Tagged {value}", "by": f"By {value}", "author": f"Pictures by {value}",
                "licence": f"Pictures under {value}", "only": words, "within": words,
                "likes": f"{value} likes or more"}  # fmt: skip
        return Chip(said.get(name) or f"{field.label or name.capitalize()}: {words}", without)

    def _by_q(self, renders: RenderQuerySet, text: str) -> RenderQuerySet:
        return found_by(renders, text)

    def _by_tag(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        tagged = Render.tags.through.objects.filter(tag__name=normal(name))
        return _among(renders, "pk", tagged.values("render_id"))

    def _by_by(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        person = get_user_model()._default_manager.filter(username=name).first()
        return renders.alias(whose=Hidden(F("owner_id"))).filter(whose=person.pk) if person else renders.none()

    def _by_only(self, renders: RenderQuerySet, whose: str) -> RenderQuerySet:
        if not self.person.is_known:
            return renders.none()
        if whose == "favourites":
            return _among(renders, "pk", Favourite.objects.visible_to(self.person).values("render_id"))
        user = self.person.user
        column, whom = ("owner_id", user.pk) if user else ("visitor", self.person.visitor)
        found: RenderQuerySet = renders.alias(mine=Hidden(F(column))).filter(mine=whom)
        return found

    def _by_kind(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        return renders.filter(kind_name=name)

    def _by_size(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        return renders.filter(image_size__range=SIZES[name])

    def _by_backbone(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        return renders.filter(backbone=name)

    def _by_within(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        return renders.filter(created__gte=timezone.now() - WITHIN[name])

    def _by_since(self, renders: RenderQuerySet, day: datetime.date) -> RenderQuerySet:
        return renders.filter(created__gte=_midnight(day))

    def _by_until(self, renders: RenderQuerySet, day: datetime.date) -> RenderQuerySet:
        return renders.filter(created__lt=_midnight(day + datetime.timedelta(1)))

    def _by_likes(self, renders: RenderQuerySet, least: int) -> RenderQuerySet:
        return renders.filter(likes__gte=least)

    def _by_author(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        return _among(renders, "pk", _of_pictures(Picture.objects.filter(author__icontains=name)))

    def _by_licence(self, renders: RenderQuerySet, name: str) -> RenderQuerySet:
        return _among(renders, "pk", _of_pictures(Picture.objects.filter(licence__iexact=name)))

    def _by_style(self, renders: RenderQuerySet, identifier: Any) -> RenderQuerySet:
        pictures = self._equal_to(identifier)
        further = _with_input(Role.STYLE, pictures).filter(place__gt=1)
        first = _by_pair(Pair.objects.filter(style__in=pictures), Role.STYLE, pictures)
        return _keys_hidden(renders).filter(first | Q(key__in=further))

    def _by_content(self, renders: RenderQuerySet, identifier: Any) -> RenderQuerySet:
        pictures = self._equal_to(identifier)
        return _keys_hidden(renders).filter(_by_pair(Pair.objects.filter(content__in=pictures), Role.CONTENT, pictures))

    def _equal_to(self, identifier: Any) -> QuerySet[Picture, Any]:
        """The keys of this picture and of equal pictures, whoever uploaded them."""
        try:
            sha256 = Picture.objects.visible_to(self.person).only("sha256").get(pk=identifier).sha256
        except ObjectDoesNotExist:
            return Picture.objects.none().values("pk")
        return Picture.objects.filter(sha256=sha256).values("pk")


def _keys_hidden(renders: RenderQuerySet) -> RenderQuerySet:
    hidden: RenderQuerySet = renders.alias(which=Hidden(F("pair_id")), key=Hidden(F("pk")))
    return hidden


def _by_pair(pairs: QuerySet[Pair, Any], role: Role, pictures: QuerySet[Picture, Any]) -> Q:
    """Renders of these pairs, and renders without a pair that use one of the pictures.

    A popular picture is in few pairs and in many renders. SQLite makes the list of renders only if the walk meets a
    render without a pair, so that question comes first (a Q sorts its keywords, so there are two).
    """
    return Q(which__in=pairs.values("pk")) | (Q(which__isnull=True) & Q(key__in=_with_input(role, pictures)))


def _with_input(role: Role, pictures: QuerySet[Picture, Any]) -> QuerySet[RenderInput, Any]:
    """The keys of renders that use one of the pictures."""
    return RenderInput.objects.filter(role=role, picture__in=pictures).order_by().values("render_id")


def _of_pictures(pictures: QuerySet[Picture, Any]) -> QuerySet[RenderInput, Any]:
    """The keys of renders that use one of the pictures, whatever for."""
    return RenderInput.objects.filter(picture__in=pictures.order_by().values("pk")).order_by().values("render_id")


def _among(renders: RenderQuerySet, column: str, keys: QuerySet[Any, Any]) -> RenderQuerySet:
    """Renders whose `column`, which is never null, is among `keys`.

    The null check makes PostgreSQL look up the keys as it walks; otherwise it would start from them.
    """
    name = f"hidden_{column}"
    hidden: RenderQuerySet = renders.alias(**{name: Hidden(F(column))})
    return hidden.filter(Q(**{f"{name}__in": keys}) | Q(**{f"{name}__isnull": True}))


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
