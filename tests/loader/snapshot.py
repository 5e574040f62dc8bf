"""The newsroom's rows as plain values that two databases can be compared by."""

from __future__ import annotations

from typing import Any

from articles.models import Alias, Article, Capture, Sketch, Source

Row = dict[str, Any]

# Keys are given by the database and moments by the clock; a run is an account, not a result.
_LEFT_OUT = {"id", "load_run_id", "received_at", "created_at"}


def snapshot() -> dict[str, list[Row]]:
    """Every row that loading writes, but for keys and times, in an order of their own."""
    captures = dict(Capture.objects.values_list("pk", "sha256"))
    articles = {
        pk: f"{captures.get(capture)}/{item}"
        for pk, capture, item in Article.objects.values_list("pk", "capture", "capture_item")
    }
    names = {"capture_id": captures, "refers_to_id": captures, "article_id": articles}
    return {
        model.__name__: sorted(
            (_plain(dict(row), names) for row in model._default_manager.values()), key=repr
        )
        for model in (Alias, Article, Capture, Sketch, Source)
    }


def _plain(row: Row, names: dict[str, dict[int, str]]) -> Row:
    kept = {name: value for name, value in row.items() if name not in _LEFT_OUT}
    for name, known in names.items():
        if name in kept:
            kept[name] = known.get(kept[name])
    if kept.get("status") == "draft":
        del kept["modified_at"]  # Nobody has; it is when the row was made.
    # PostgreSQL gives binary columns as memoryview.
    return {name: bytes(v) if isinstance(v, memoryview) else v for name, v in kept.items()}
