"""Whatever the readers of captures write into a report, the desk has words for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from articles import captures
from articles.admin.evidence import gather
from articles.admin.evidence_words import DROPPED, LOST
from articles.captures import gaps
from articles.captures.report import describe

FOLDER = Path(captures.__file__).parent
SAMPLES = sorted((Path(settings.BASE_DIR) / "fixtures" / "samples").rglob("*.txt"))
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.py"))]
NODES = [node for tree in TREES for node in ast.walk(tree)]
FUNCTIONS = {node.name: node for node in NODES if isinstance(node, ast.FunctionDef)}

# Which argument of a call is the reason, counted from the end.
REASON = {"drop": -1, "drop_span": -1, "Dropped": -1, "_set_aside": -1}
KIND = {"gap": -2}


def words_given(calls: dict[str, int]) -> set[str]:
    """Every string that can reach the argument which ``calls`` names, followed through the code."""
    found: set[str] = set()
    for owner in FUNCTIONS.values():
        for node in ast.walk(owner):
            if isinstance(node, ast.Call) and (place := calls.get(name_of(node))) is not None:
                found.update(strings_of(node.args[place], owner))
    return found


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def strings_of(value: ast.expr, owner: ast.FunctionDef) -> Iterator[str]:
    """The strings that an expression can be: its own, or those of what it names or calls."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.BoolOp(values=values):
            for one in values:
                yield from strings_of(one, owner)
        case ast.IfExp(body=one, orelse=other):
            yield from strings_of(one, owner)
            yield from strings_of(other, owner)
        case ast.Call() if name_of(value) in FUNCTIONS:
            yield from strings_returned(FUNCTIONS[name_of(value)])
        case ast.Subscript(value=ast.Name(id=name)):
            yield from strings_assigned(name, NODES, owner)
        case ast.Name(id=name):
            yield from strings_assigned(name, list(ast.walk(owner)), owner)


def strings_assigned(name: str, nodes: list[ast.AST], owner: ast.FunctionDef) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Assign) and name in {getattr(t, "id", "") for t in node.targets}:
            if isinstance(node.value, ast.Dict):
                for one in node.value.values:
                    yield from strings_of(one, owner)
            else:
                yield from strings_of(node.value, owner)


def strings_returned(function: ast.FunctionDef) -> Iterator[str]:
    """What a function can return; where it picks from a table, every word of that table."""
    tables = [node for node in ast.walk(function) if isinstance(node, ast.Tuple)]
    loops = [node.iter for node in ast.walk(function) if isinstance(node, ast.For)]
    named = {loop.id for loop in loops if isinstance(loop, ast.Name)}
    for node in NODES:
        if isinstance(node, ast.Assign) and named & {getattr(t, "id", "") for t in node.targets}:
            tables += [one for one in ast.walk(node.value) if isinstance(one, ast.Tuple)]
    for table in tables:
        for one in table.elts:
            yield from strings_of(one, function)
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value:
            yield from strings_of(node.value, function)


def test_every_reason_to_drop_bytes_has_a_label_and_no_label_is_idle() -> None:
    assert words_given(REASON) - {""} == set(DROPPED)


def test_every_kind_of_gap_has_a_label_and_no_label_is_idle() -> None:
    found = {kind for kind in gaps._EVENT.groupindex if gaps.Event(0, 1, kind).lost}

    assert words_given(KIND) | found == set(LOST)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_reports_of_the_samples_are_told_in_labels(sample: Path) -> None:
    capture = captures.read(sample.read_bytes(), filename=sample.name)
    report = describe(capture, captures.segment(capture))

    pieces = gather(capture.raw, capture.charset, report).pieces

    assert [piece.note for piece in pieces if not piece.is_told] == []


@pytest.mark.parametrize("language", ["ur", "sd"])
def test_labels_are_translated(language: str) -> None:
    for label in (*DROPPED.values(), *LOST.values()):
        with override("en"):
            english = str(label)
        with override(language):
            assert str(label) != english
