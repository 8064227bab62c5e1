"""What is wrong with a form, for the script that sent it."""

from django.forms import BaseForm
from django.http import JsonResponse


def complaints(form: BaseForm, status: int = 422) -> JsonResponse:
    """Sentences by field."""
    errors = {name: list(map(str, found)) for name, found in form.errors.items()}
    return JsonResponse({"errors": errors}, status=status)
