from django.conf import settings
from django.db import migrations, models

LOG = [
    models.Index(
        fields=["content_type", "object_id", "-action_time", "-id"], name="log_of_object"
    ),
    models.Index(fields=["user", "-action_time", "-id"], name="log_of_user"),
]
"""The log is Django's own and knows neither; the history of an article and the desk's first page
would read all that was ever logged of articles, or of a person."""


def add(apps, schema_editor):
    entry = apps.get_model("admin", "LogEntry")
    for index in LOG:
        schema_editor.add_index(entry, index)


def remove(apps, schema_editor):
    entry = apps.get_model("admin", "LogEntry")
    for index in LOG:
        schema_editor.remove_index(entry, index)


class Migration(migrations.Migration):
    """Let each list of the desk begin at its newest row and read no further than it shows."""

    dependencies = [
        ("articles", "0013_contact_message"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["section", "-modified_at", "-id"], name="article_by_section"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["source", "-modified_at", "-id"], name="article_by_source"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-published_at", "-id"], name="article_by_publication"),
        ),
        migrations.RunPython(add, remove),
    ]
