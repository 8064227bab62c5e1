"""Whose a picture is: its author, source and licence, as its owner says."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gallery.models import Picture
from gallery.views.lookup import changeable_or_403
from gallery.views.next_page import back
from gallery.views.request import Request
from transfer.credits import LICENCES


class CreditForm(forms.ModelForm):
    """Author, source and licence, each in one line."""

    class Meta:
        model = Picture
        fields = ["author", "source", "licence"]
        help_texts = {
            "author": "Who took or painted it.",
            "source": "Where it is from: a web address, a book, a museum.",
            "licence": "Under which licence others may use it.",
        }
        widgets = {"licence": forms.TextInput({"list": "licences"})}

    def clean(self) -> dict[str, Any]:
        """Single spaces, so that equal names are found together."""
        cleaned = super().clean() or self.cleaned_data
        return {name: " ".join(str(value).split()) for name, value in cleaned.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, picture_id: uuid.UUID) -> HttpResponse:
    """The form for a picture of the person's; a valid POST saves it and leads back to `next`."""
    picture = changeable_or_403(Picture.objects.all(), request.person, picture_id)
    form = CreditForm(request.POST or None, instance=picture)
    if request.method == "POST" and form.is_valid():
        Picture.objects.filter(pk=picture.pk).update(**form.cleaned_data)
        messages.success(request, "Saved. Renders that are painted from now on carry it inside.")
        return back(request, reverse("pictures"))
    address = (request.POST if request.method == "POST" else request.GET).get("next", "")
    context = {"form": form, "picture": picture, "licences": LICENCES, "next": address}
    return render(request, "pictures/credit.html", context, status=422 if form.errors else 200)
