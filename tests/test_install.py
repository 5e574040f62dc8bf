"""``requirements/install.py``: what a person sees when their computer lacks something."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = settings.BASE_DIR / "requirements" / "install.py"


@pytest.fixture(scope="module")
def install():
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def clone(tmp_path) -> Path:
    """A folder with the installer and nothing that is installed."""
    (tmp_path / "requirements").mkdir()
    shutil.copy(SCRIPT, tmp_path / "requirements")
    return tmp_path


def run(clone: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    script = clone / "requirements" / "install.py"
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_what_to_install(install, version):
    with pytest.raises(install.Refusal, match=r"needs Python 3\.11 .*make run PYTHON=") as refusal:
        install.require_python(version)
    assert ".".join(map(str, version)) in str(refusal.value)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_new_enough_python_is_let_in(install, version):
    install.require_python(version)


def test_an_old_python_can_read_the_installer():
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.YieldFrom, ast.Await)
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        assert not isinstance(node, newer), f"line {node.lineno}"
        assert not (isinstance(node, ast.Raise) and node.cause), f"line {node.lineno}"
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert not node.args.kwonlyargs
            assert not any(argument.annotation for argument in node.args.args)
        if isinstance(node, ast.Call):
            starred = [isinstance(argument, ast.Starred) for argument in node.args]
            assert not any(starred[:-1]), f"line {node.lineno}"


def test_every_older_python_on_this_computer_gets_the_sentence(clone):
    script = str(clone / "requirements" / "install.py")
    for name in filter(runs, ("python2.7", "python3.6", "python3.8", "python3.9", "python3.10")):
        done = subprocess.run([name, script, "run"], capture_output=True, text=True, check=False)
        assert_refused(done, "needs Python 3.11")


def runs(python: str) -> bool:
    trial = [python, "-c", ""]
    return (
        bool(shutil.which(python)) and not subprocess.run(trial, stderr=subprocess.PIPE).returncode
    )


def test_a_port_in_use_is_found_before_any_work(clone):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        assert_refused(run(clone, "run", "--port", port), port, "is in use", "make run PORT=")
    assert sorted(path.name for path in clone.iterdir()) == ["requirements"]


@pytest.mark.parametrize("port", ["", "0", "65536", "eight", "80 01", "-1", "²", "٨٠٠٠"])
def test_a_port_that_is_none_is_named(clone, port):
    done = run(clone, "run", f"--port={port}")
    assert_refused(done, f"'{port}'", "no port", "make run PORT=")


def test_a_free_port_is_let_through(install):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    install.require_free_port(str(port))


def test_a_folder_that_cannot_be_written_is_named(install, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(install.Refusal, match="cannot be written to") as refusal:
        install.require_writable(str(tmp_path / "file" / "clone"))
    assert str(tmp_path / "file" / "clone") in str(refusal.value)


def test_looking_whether_a_folder_can_be_written_leaves_nothing(install, tmp_path):
    install.require_writable(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_python_without_ensurepip_is_told_the_package(install):
    with pytest.raises(install.Refusal, match="apt install python3-venv"):
        install.require_ensurepip(False)
    install.require_ensurepip(True)


def test_a_failed_installation_says_where_the_reason_stands(clone):
    lock = "no-such-package==1.0 --hash=sha256:" + 64 * "0" + "\n"
    (clone / "requirements" / "run.txt").write_text(lock, encoding="utf-8")
    done = run(clone, "run", PIP_NO_INDEX="1", PATH="/nowhere")
    assert_refused(done, "requirements/run.txt", "online", ".venv/install.log")
    assert "no-such-package" in (clone / ".venv" / "install.log").read_text(encoding="utf-8")
    assert not (clone / ".env").exists()


@pytest.mark.parametrize("answer", ["exit 1", "no-such-command"])
def test_an_environment_that_was_left_half_made_is_made_anew(install, tmp_path, answer):
    assert not install.is_usable(str(tmp_path))
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    python.chmod(0o755)
    assert not install.is_usable(str(tmp_path))
    python.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    assert install.is_usable(str(tmp_path))


def test_what_is_installed_is_not_installed_again(install, clone, monkeypatch, capsys):
    filled: list[str] = []
    monkeypatch.setattr(install, "is_usable", lambda venv: True)
    monkeypatch.setattr(install, "fill_venv", lambda venv, lock, log: filled.append(lock) or True)
    (clone / ".venv").mkdir()
    (clone / "requirements" / "run.txt").write_text("one==1\n", encoding="utf-8")
    (clone / "requirements" / "dev.txt").write_text("one==1\ntwo==2\n", encoding="utf-8")

    install.install_packages(str(clone), "run")
    install.install_packages(str(clone), "run")
    assert len(filled) == 1

    (clone / "requirements" / "run.txt").write_text("one==2\n", encoding="utf-8")
    install.install_packages(str(clone), "run")
    assert len(filled) == 2


@pytest.mark.parametrize(
    ("first", "then"), [("dev", "run"), ("dev", "archive"), ("archive", "run")]
)
def test_a_larger_lock_includes_what_a_smaller_one_holds(
    install, clone, monkeypatch, capsys, first, then
):
    filled: list[str] = []
    monkeypatch.setattr(install, "is_usable", lambda venv: True)
    monkeypatch.setattr(install, "fill_venv", lambda venv, lock, log: filled.append(lock) or True)
    (clone / ".venv").mkdir()
    for name in (first, then):
        (clone / "requirements" / f"{name}.txt").write_text("one==1\n", encoding="utf-8")
    install.install_packages(str(clone), first)
    install.install_packages(str(clone), then)
    assert [Path(lock).name for lock in filled] == [f"{first}.txt"]


@pytest.mark.parametrize(
    ("text", "environment", "group"),
    [
        ("", {}, "run"),
        ("SECRET_KEY=postgres\n", {"DATABASE_URL": "sqlite:////news"}, "run"),
        ("", {"DATABASE_URL": "postgres://host/news"}, "scale"),
        ("", {"REDIS_URL": "redis://host"}, "scale"),
        ("", {"S3_BUCKET": "pictures"}, "scale"),
        ("", {"SENTRY_DSN": "https://key@errors.example/1"}, "scale"),
        ("export DATABASE_URL='postgresql://host/news'\n", {}, "scale"),
        ("REDIS_URL=redis://host\n", {"REDIS_URL": ""}, "run"),
    ],
)
def test_a_site_on_postgresql_or_redis_gets_what_these_need(
    install, tmp_path, text, environment, group
):
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    found = install.variables(str(tmp_path), environment)
    assert install.group_for("run", found) == group
    assert install.group_for("dev", found) == "dev"


def test_another_file_of_variables_is_asked_when_it_is_named(install, tmp_path):
    (tmp_path / "other").write_text("REDIS_URL=redis://host\n", encoding="utf-8")
    environment = {"ENV_FILE": str(tmp_path / "other")}
    assert install.group_for("run", install.variables(str(tmp_path), environment)) == "scale"


def test_a_second_installation_waits_for_the_first(install, clone):
    (clone / "requirements" / "run.txt").write_text("", encoding="utf-8")
    script = clone / "requirements" / "install.py"
    with (
        install.lock_of(str(script)),
        subprocess.Popen(
            [sys.executable, str(script), "run"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PATH": "/nowhere"},
        ) as second,
    ):
        said = second.stdout.readline()
        is_waiting = second.poll() is None and not (clone / ".venv").exists()
        second.terminate()
    assert "waits" in said
    assert is_waiting


@pytest.mark.parametrize(
    ("npm", "reason"), [(None, "is not installed"), ("false", "could not fetch")]
)
def test_without_web_fonts_one_sentence_is_said_and_the_work_goes_on(
    install, tmp_path, capfd, npm, reason
):
    install.install_fonts(str(tmp_path), npm and shutil.which(npm))
    said = capfd.readouterr().out
    assert len(said.splitlines()) == 1
    assert reason in said


def test_web_fonts_are_fetched_once(install, tmp_path, capfd):
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    install.install_fonts(str(tmp_path), shutil.which("true"))
    install.install_fonts(str(tmp_path), shutil.which("false"))
    assert capfd.readouterr().out == ""


def test_a_site_fetches_no_tool_of_the_tests_and_the_tests_fetch_all(install, tmp_path):
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    npm = tmp_path / "npm"
    npm.write_text('#!/bin/sh\necho "$@" >> asked\n', encoding="utf-8")
    npm.chmod(0o755)
    for group in ("run", "archive", "dev", "run", "dev"):
        install.install_fonts(str(tmp_path), str(npm), group)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert ["--omit=dev" in each for each in asked] == [True, False]
    assert all("--ignore-scripts" in each for each in asked)


def test_the_secret_is_random_private_and_never_overwritten(install, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    install.write_secret(str(first))
    install.write_secret(str(second))
    text = first.read_text(encoding="utf-8")
    assert text.startswith("SECRET_KEY=")
    assert len(text) > 60
    assert text != second.read_text(encoding="utf-8")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600

    first.write_text("SECRET_KEY=mine\n", encoding="utf-8")
    install.write_secret(str(first))
    assert first.read_text(encoding="utf-8") == "SECRET_KEY=mine\n"


@pytest.mark.parametrize("target", ["run", "test", "lint", "install", "archive"])
def test_make_without_python_says_what_to_install(target):
    done = subprocess.run(
        ["make", "--no-print-directory", target, "PYTHON=no-such-python"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert "'no-such-python'" in said[0]
    assert "apt install python3" in said[0]
