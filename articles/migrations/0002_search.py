from django.db import migrations

from articles.search import index


def install(apps, schema_editor):
    index.install(schema_editor.connection.alias)


def remove(apps, schema_editor):
    index.remove(schema_editor.connection.alias)


class Migration(migrations.Migration):
    """Make the index of words. Its triggers are checked, and mended, after every ``migrate``."""

    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
