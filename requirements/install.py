"""Make ``.venv``, fill it from a lock, fetch the web fonts and write ``.env``.

``python3 requirements/install.py run|archive|dev [--port N]``: ``run`` is what serves the site
(with what PostgreSQL, Redis, S3 and Sentry need where a variable names one), ``archive`` adds what
reads captures that are no plain text, ``dev`` all that and what tests and linters need. What is
there already is left alone. Each refusal is one sentence on the standard error, with exit code 1.

Any Python since 2.7 must be able to read this file, so that one that is too old gets a sentence
instead of a SyntaxError: no annotations, no f-strings, nothing but the standard library.
"""

from __future__ import print_function

import argparse
import errno
import hashlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST_PYTHON = (3, 11)
# Which locks hold all that a lock holds, at the same versions.
HELD_BY = {
    "run": ["run", "archive", "scale", "dev"],
    "archive": ["archive", "dev"],
    "scale": ["scale", "dev"],
    "dev": ["dev"],
}
# Beside a DATABASE_URL of PostgreSQL.
SCALED_BY = ["REDIS_URL", "S3_BUCKET", "SENTRY_DSN"]
PIP_OPTIONS = ["--require-hashes", "--no-deps", "--only-binary=:all:"]


class Refusal(Exception):
    """A condition that stops the installation; its text is the sentence that says what to do."""


def main(arguments):
    """Install what the arguments name and return the exit code: 0 done, 1 refused."""
    parser = argparse.ArgumentParser(description="Install the newsroom into .venv.")
    parser.add_argument("group", choices=["run", "archive", "dev"])
    parser.add_argument("--port")
    options = parser.parse_args(arguments)
    try:
        require_python(sys.version_info[:3])
        if options.port is not None:
            require_free_port(options.port)
        require_writable(ROOT)
        with lock_of(os.path.abspath(__file__)):
            install_packages(ROOT, group_for(options.group, variables(ROOT, os.environ)))
            install_fonts(ROOT, shutil.which("npm"), options.group)
            write_secret(os.path.join(ROOT, ".env"))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def require_python(version):
    """Refuse a Python (a version as a tuple of three numbers) that Django 5.2 does not support."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        raise Refusal(
            "The newsroom needs Python 3.11 or newer and this is Python {0}: install a newer one, "
            "and name it if it is not called python3, as in 'make run PYTHON=python3.12'.".format(
                ".".join(str(number) for number in version)
            )
        )


def require_free_port(port):
    """Refuse a port (a text) that is no port number, not ours to open or already in use."""
    if not re.match(r"[0-9]{1,5}\Z", port) or not 0 < int(port) < 65536:
        raise Refusal(
            "PORT is '{0}', which is no port: give a number from 1024 to 65535, as in "
            "'make run PORT=8001'.".format(port)
        )
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # As gunicorn will open it.
    try:
        listener.bind(("127.0.0.1", int(port)))
    except (IOError, OSError) as error:
        reason = "in use" if error.errno == errno.EADDRINUSE else "not open to you"
        raise Refusal(
            "Port {0} is {1}: stop the program that uses it, or choose another, as in "
            "'make run PORT=8001'.".format(port, reason)
        )
    finally:
        listener.close()


def require_writable(folder):
    """Refuse a folder in which no file can be made."""
    probe = os.path.join(folder, ".writable-{0}".format(os.getpid()))
    try:
        os.mkdir(probe)
        os.rmdir(probe)
    except (IOError, OSError) as error:
        raise Refusal(
            "The folder {0} cannot be written to ({1}): make it yours, or clone the newsroom into "
            "a folder of your own, and free some space if the disk is full.".format(
                folder, os.strerror(error.errno)
            )
        )


def lock_of(path):
    """Open a file that is there and hold a lock on it until it is closed, after another's."""
    import fcntl

    try:
        file = open(path, "r+")  # noqa: SIM115  The caller closes it, and so ends the lock.
    except (IOError, OSError) as error:
        raise Refusal(
            "The file {0} cannot be opened to write ({1}): make it yours, or clone the newsroom "
            "into a folder of your own.".format(path, os.strerror(error.errno))
        )
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (IOError, OSError) as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            return file  # A file system without locks.
        print("Another installation is at work in this folder; this one waits for it to end.")
        sys.stdout.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def variables(root, environment):
    """Return the environment over what the file of variables holds, ``.env`` or ENV_FILE's."""
    found = {}
    try:
        path = environment.get("ENV_FILE", os.path.join(root, ".env"))
        with io.open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                match = re.match("(?:export )?([A-Za-z_0-9]+)=(.*)", line)
                if match:
                    found[match.group(1)] = match.group(2).strip("'\" ")
    except (IOError, OSError):
        pass  # The settings refuse a file that should be there.
    found.update(environment)
    return found


def group_for(asked, found):
    """Return the lock to install: ``scale`` where a site's variables name another service."""
    needs_postgresql = re.match("(postgres|pgsql|psql)", found.get("DATABASE_URL", "").strip())
    is_scaled = needs_postgresql or any(found.get(name, "").strip() for name in SCALED_BY)
    return "scale" if asked == "run" and is_scaled else asked


def require_ensurepip(is_there):
    """Refuse a Python that cannot make a virtual environment with pip in it."""
    if not is_there:
        raise Refusal(
            "This Python cannot make a virtual environment (the module ensurepip is missing): "
            "install it (Debian and Ubuntu: apt install python3-venv) and run the same again."
        )


def install_packages(root, group):
    """Bring ``.venv`` to what ``requirements/<group>.txt`` locks; a second time, only look."""
    venv = os.path.join(root, ".venv")
    lock, stamp = lock_and_stamp(root, group)
    if not is_usable(venv):
        make_venv(venv)
    if any(is_current(*lock_and_stamp(root, each)) for each in HELD_BY[group]):
        return
    print("Installing the packages of requirements/{0}.txt into .venv.".format(group))
    sys.stdout.flush()
    log = os.path.join(venv, "install.log")
    if not fill_venv(venv, lock, log):
        raise Refusal(
            "The packages of requirements/{0}.txt could not be installed: check that this computer "
            "is online and run the same again; {1} holds what the installer said.".format(
                group, os.path.relpath(log, root)
            )
        )
    write_stamp(lock, stamp)


def lock_and_stamp(root, group):
    """Return the paths of a group's lock and of what remembers that it was installed."""
    lock = os.path.join(root, "requirements", group + ".txt")
    return lock, os.path.join(root, ".venv", "installed-" + group)


def is_usable(venv):
    """Tell whether the virtual environment was made to its end, by a Python that is new enough."""
    question = "import sys; sys.exit(sys.version_info < {0!r})".format(OLDEST_PYTHON)
    if not shutil.which("uv"):  # Which installs without pip.
        question = "import pip; " + question
    try:
        return subprocess.call([python_of(venv), "-c", question], stderr=subprocess.DEVNULL) == 0
    except (IOError, OSError):
        return False


def python_of(venv):
    """Return the path of the Python inside a virtual environment."""
    return os.path.join(venv, "bin", "python")


def make_venv(venv):
    """Make the virtual environment anew, by uv where this Python has no ensurepip."""
    import importlib.util

    uv = shutil.which("uv")
    if importlib.util.find_spec("ensurepip") is None and uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, venv]
    else:
        require_ensurepip(importlib.util.find_spec("ensurepip") is not None)
        command = [sys.executable, "-m", "venv", "--clear", venv]
    if subprocess.call(command) != 0:
        raise Refusal(
            "The virtual environment {0} could not be made: delete that folder, see that the disk "
            "is not full, and run the same again.".format(venv)
        )


def fill_venv(venv, lock, log):
    """Install the lock with uv where it is on the PATH, else with pip; tell if it succeeded."""
    uv = shutil.which("uv")
    commands = [[python_of(venv), "-m", "pip", "install", "--quiet", "--no-input"]]
    if uv:
        commands.insert(0, [uv, "pip", "install", "--quiet", "--python", python_of(venv)])
    with open(log, "w", encoding="utf-8") as output:
        return any(
            subprocess.call(command + PIP_OPTIONS + ["-r", lock], stdout=output, stderr=output) == 0
            for command in commands
        )


def install_fonts(root, npm, group="run"):
    """Fetch the fonts of package-lock.json, and for ``dev`` what else it names for tests.

    Without npm or network say so and go on. No package's own scripts run.
    """
    modules = os.path.join(root, "node_modules")
    lock = os.path.join(root, "package-lock.json")
    needs_all = group == "dev"
    stamps = [os.path.join(modules, name) for name in ("installed-dev", "installed-fonts")]
    if any(is_current(lock, stamp) for stamp in stamps[: 1 if needs_all else 2]):
        return
    command = [npm or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    command += [] if needs_all else ["--omit=dev"]
    if npm and subprocess.call(command, cwd=root) == 0:
        write_stamp(lock, stamps[0 if needs_all else 1])
        return
    reason = "could not fetch the web fonts" if npm else "is not installed"
    print(
        "npm {0}, so pages use the faces on the reader's own device; install Node.js and run the "
        "same again to serve Noto Nastaliq Urdu and Noto Naskh Arabic from here.".format(reason)
    )


def is_current(lock, stamp):
    """Tell whether the stamp was written for the lock as it is now."""
    try:
        with open(stamp, encoding="ascii") as file:
            return file.read() == digest_of(lock)
    except (IOError, OSError):
        return False


def write_stamp(lock, stamp):
    """Remember that what the lock names is installed."""
    with open(stamp, "w", encoding="ascii") as file:
        file.write(digest_of(lock))


def digest_of(path):
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def write_secret(path):
    """Write the file with a random SECRET_KEY, readable by its owner only, unless it is there."""
    import secrets

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        if error.errno == errno.EEXIST:
            return
        raise
    with os.fdopen(handle, "w") as file:
        file.write("SECRET_KEY={0}\n".format(secrets.token_urlsafe(50)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
