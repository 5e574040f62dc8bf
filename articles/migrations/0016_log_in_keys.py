import json

from django.conf import settings
from django.db import migrations
from django.utils import translation

SENTENCES = {
    "submit": "Submitted for review.",
    "return": "Returned to the writer.",
    "publish": "Published.",
    "withdraw": "Withdrawn.",
    "restore": "Restored as a draft.",
    "leave_standing": "It stays before readers.",
    "correction": "Correction added.",
    "clarification": "Clarification added.",
    "update": "Update added.",
    "take_back_notice": "Notice taken back.",
    "propose_change": "Change proposed.",
    "schedule_change": "Change scheduled.",
    "cancel_change": "Scheduled change cancelled.",
    "decline_change": "Change declined.",
    "accept_change": "Change accepted.",
    "apply_change": "Changed as scheduled.",
    "link_translations": "Joined as one story.",
    "accept_capture": "Accepted.",
    "reject_capture": "Rejected.",
    "reopen_capture": "Waits again.",
    "enrol": "Set up the two-step login.",
    "make_codes": "Made new recovery codes.",
    "reset_second_factor": "Reset the two-step login.",
    "unlock": "Let in again after failed logins.",
    "set_password": "Set a new password by mail.",
}
"""What was logged as a sentence in the language of whoever did it, a person's note after it."""

AT_ONCE = 2000


def beginnings():
    """The key of each sentence, in each language that it may have been stored in."""
    keys = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            keys |= {translation.gettext(english): key for key, english in SENTENCES.items()}
    return keys


def in_keys(apps, schema_editor):
    entry = apps.get_model("admin", "LogEntry")
    keys = beginnings()
    lines = entry.objects.filter(content_type__app_label__in=["articles", "auth"])
    written = []
    for line in lines.exclude(change_message="").iterator(AT_ONCE):
        sentence = next((one for one in keys if line.change_message.startswith(one)), None)
        if sentence is None:  # Django's own, or one that named what it was about: as it was.
            continue
        note = line.change_message.removeprefix(sentence).strip()
        deed = {"key": keys[sentence], "parts": {}, "note": note}
        line.change_message = json.dumps([{"deed": deed}], ensure_ascii=False)
        written.append(line)
        if len(written) == AT_ONCE:
            entry.objects.bulk_update(written, ["change_message"])
            written = []
    entry.objects.bulk_update(written, ["change_message"])


class Migration(migrations.Migration):
    """Tell the log in the language of whoever reads it, what is in it already too."""

    dependencies = [
        ("articles", "0015_recording"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(in_keys, migrations.RunPython.noop, elidable=True)]
