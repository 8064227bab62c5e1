from django.db import migrations

from gallery.browsing.search import LONGEST, plain
from gallery.browsing.tags import normal


def bring_tags_to_one_form(apps, schema_editor):
    """A Turkish İ was a letter with a dot of its own; tags that become equal become one."""
    Tag = apps.get_model('gallery', 'Tag')
    for tag in list(Tag.objects.all()):
        name = normal(tag.name)[:40]
        if not name or name == tag.name:
            continue
        same = Tag.objects.filter(name=name).first()
        if same is None:
            Tag.objects.filter(pk=tag.pk).update(name=name)
            continue
        for render in tag.renders.all():
            render.tags.add(same)
        tag.delete()


def note_words(apps, schema_editor):
    """Emoji and the vowels of Indian scripts find a render too. Nothing changes for names in ASCII."""
    Render = apps.get_model('gallery', 'Render')
    Input = apps.get_model('gallery', 'RenderInput')
    finished = Render.objects.filter(status='completed')
    titled = {pk for pk, title in finished.values_list('pk', 'title').iterator() if not title.isascii()}
    tagged = finished.exclude(tags=None).values_list('pk', 'tags__name').iterator()
    pictured = Input.objects.filter(render__status='completed', picture__isnull=False)
    named = pictured.values_list('render', 'picture__name').iterator()
    others = {pk for names in (tagged, named) for pk, name in names if not name.isascii()}
    for pk in titled | others:
        render = Render.objects.get(pk=pk)
        pictures = Input.objects.filter(render=pk, picture__isnull=False).values_list('picture__name', flat=True)
        names = [render.title, *render.tags.order_by('name').values_list('name', flat=True), *pictures]
        words = plain(' '.join(names))[:LONGEST]
        if words != render.words:
            Render.objects.filter(pk=pk).update(words=words)


class Migration(migrations.Migration):

    dependencies = [
        ('gallery', '0018_parts_of_pictures'),
    ]

    operations = [
        migrations.RunPython(bring_tags_to_one_form, migrations.RunPython.noop),
        migrations.RunPython(note_words, migrations.RunPython.noop),
    ]
