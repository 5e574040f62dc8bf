"""Draw what ``benchmarks.pages`` kept: ``python -m benchmarks.plots FOLDER``.

FOLDER is that of PAGES_FOLDER, and what is drawn goes to ``plots``. It needs matplotlib:
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.pages import Figure

PLOTS = Path(__file__).parent / "plots"
PAGES = ("the front page", "the list", "the list's middle", "a section", "an article")
SEARCHES = ("a search for a common word", "a search for a rare word", "a search in Urdu")
COLORS = ("#9c2f2f", "#2f5d9c", "#3a7d44", "#b7791f", "#6b4c9a")
OURS, FLOOR = "#9c2f2f", "#8a8378"


def main(folder: Path) -> None:
    """Draw every plot."""
    figures = list(read(folder))
    PLOTS.mkdir(exist_ok=True)
    for database in sorted({figure.database for figure in figures}):
        own = [figure for figure in figures if figure.database == database]
        _draw_sizes(own, PLOTS / f"made-{database.lower()}.svg")
    _draw_given(figures, PLOTS / "given.svg")


def read(folder: Path) -> Iterable[Figure]:
    """The figures of every database that were kept in ``folder``."""
    for file in sorted(folder.glob("figures-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield Figure(**json.loads(line))


def _draw_sizes(figures: list[Figure], to: Path) -> None:
    """How long a page takes to be made, by the size of the archive: ours drawn through, Wagtail's
    broken.
    """
    plt = _matplotlib()
    shown, axes = plt.subplots(1, 2, figsize=(10, 4), sharey=True, layout="constrained")
    for panel, pages in zip(axes, (PAGES, SEARCHES), strict=True):
        for page, color in zip(pages, COLORS, strict=False):
            for way, style in (("made", "-"), ("Wagtail", "--")):
                found = {f.size: f.processor for f in figures if (f.page, f.way) == (page, way)}
                if not found:
                    continue
                name = page if way == "made" else f"{page}, Wagtail"
                line = {"color": color, "ls": style, "marker": "o", "ms": 4, "label": name}
                panel.plot(sorted(found), [found[size] for size in sorted(found)], **line)
        panel.set(xscale="log", yscale="log", xlabel="articles", ylim=(2, 10_000))
        panel.xaxis.set_major_formatter("{x:,.0f}")
        panel.yaxis.set_major_formatter("{x:,.0f}")
        panel.spines[["top", "right"]].set_visible(False)
        panel.grid(axis="y", color="#dcd6c8", lw=0.6)
        panel.legend(fontsize=7, frameon=False, loc="upper left", ncols=2)
    axes[0].set_ylabel("ms of processor a page")
    shown.suptitle(f"Pages that are made, {figures[0].database}")
    _save(plt, shown, to)


def _draw_given(figures: list[Figure], to: Path) -> None:
    """What a page takes that is given from memory or by nginx, beside the floors."""
    plt = _matplotlib()
    wanted = [
        ("a file", "floor", "a file, by nginx"),
        ("an article", "by nginx", "an article, from nginx's cache"),
        ("a constant", "floor", "a constant, by gunicorn"),
        ("the same answer as a constant", "floor", "the article's bytes and headers, by gunicorn"),
        ("an article", "given", "an article, from the page cache"),
    ]
    largest = max(f.size for f in figures)
    own = {(f.page, f.way): f for f in figures if f.size == largest and f.database == "SQLite"}
    bars = [(name, own[page, way].processor) for page, way, name in wanted]
    shown, axes = plt.subplots(figsize=(8, 2.6), layout="constrained")
    names, values = zip(*bars, strict=True)
    drawn = axes.barh(names, values, color=[FLOOR, OURS, FLOOR, FLOOR, OURS])
    axes.bar_label(drawn, fmt="%.3f", padding=3)
    axes.invert_yaxis()
    axes.set(
        xlabel="ms of processor a request", title=f"Pages that are given, {largest:,} articles"
    )
    axes.spines[["top", "right"]].set_visible(False)
    _save(plt, shown, to)


def _matplotlib() -> Any:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {
        "svg.hashsalt": "newsroom",  # The same figures give the same file.
        "svg.fonttype": "none",
    }
    import matplotlib.pyplot as plt

    return plt


def _save(plt: Any, shown: Any, to: Path) -> None:
    shown.savefig(to, metadata={"Date": None, "Creator": None})
    plt.close(shown)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
