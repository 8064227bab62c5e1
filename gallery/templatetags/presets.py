"""The studio's presets."""

from django import template

from gallery.studio import looks

register = template.Library()


@register.simple_tag
def preset_offers() -> dict[str, object]:
    """The looks, the cookbook's presets, and the names of the fields that both set, parted by blanks."""
    named, of_the_cookbook = looks.offers()
    return {"looks": named, "cookbook": of_the_cookbook, "fields": " ".join(looks.fields())}
