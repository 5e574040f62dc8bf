from itertools import islice

from django.db import migrations

AT_ONCE = 2000


def languages(apps, schema_editor):
    """From its articles, and from the evidence of what was rejected or deleted."""
    article, capture = (apps.get_model("articles", name) for name in ("Article", "Capture"))
    known = set(apps.get_model("articles", "Language").objects.values_list("pk", flat=True))
    made = article.objects.filter(capture__isnull=False).order_by()
    store(capture, made.values_list("capture", "language").distinct().iterator(AT_ONCE))
    gone = capture.objects.filter(languages=None).order_by().values_list("pk", "report")
    store(capture, (pair for row in gone.iterator(AT_ONCE) for pair in told(*row, known)))


def told(key, report, known):
    found = {each.get("language") for each in report.get("articles", ())}
    return [(key, language) for language in sorted(known & found)]


def store(capture, pairs):
    link, pairs = capture.languages.through, iter(pairs)
    while rows := list(islice(pairs, AT_ONCE)):
        link.objects.bulk_create(link(capture_id=key, language_id=code) for key, code in rows)


class Migration(migrations.Migration):
    """A capture whose drafts were rejected is its own desk's, what was rejected before too."""

    dependencies = [("articles", "0021_languages_of_captures")]

    operations = [migrations.RunPython(languages, migrations.RunPython.noop, elidable=True)]
