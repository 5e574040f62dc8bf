"""Fill in the files of this folder for one computer: ``python3 deploy/render.py --to FOLDER …``.

``nginx/newsroom.conf`` is for nginx's ``http`` block (Debian: /etc/nginx/conf.d), what is in
``systemd`` for /etc/systemd/system, and ``logrotate/newsroom`` for /etc/logrotate.d. The tests in
``tests/deploy`` serve with the files that this makes. It needs nothing but Python.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
TEMPLATES = sorted(
    path
    for folder in ("logrotate", "nginx", "systemd")
    for path in (HERE / folder).iterdir()
    if path.is_file()
)
PLAIN = re.compile(r"[\w./:@%+\[\]-]+")
"""What neither nginx nor systemd nor logrotate reads as more than a value."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files and return the exit code: 0 done, 1 refused in a sentence."""
    options = vars(_parser().parse_args(arguments))
    try:
        render(Path(options.pop("to")), values_of(options))
    except (ValueError, OSError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def render(to: Path, values: Mapping[str, str]) -> list[Path]:
    """Write each file of this folder below ``to``, with the values filled in; return the paths."""
    written = []
    for template in TEMPLATES:
        path = to / template.relative_to(HERE)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = template.read_text(encoding="utf-8")
        path.write_text(re.sub(r"@(\w+)@", lambda found: values[found[1]], text), encoding="utf-8")
        written.append(path)
    return written


def values_of(options: Mapping[str, str | list[str]]) -> dict[str, str]:
    """Return what stands for each name in the files. Raises ValueError for what fits nowhere."""
    for name, told in options.items():
        for value in [told] if isinstance(told, str) else told:
            if not PLAIN.fullmatch(value):
                raise ValueError(
                    f"--{name} is '{value}', which these files cannot hold: use letters, digits "
                    "and . / : @ % + - [ ] only."
                )
    site = urlsplit(str(options["site"]))
    if site.scheme != "https" or not site.hostname or site.path.strip("/"):
        raise ValueError(
            f"--site is '{options['site']}', which is no address of a site over TLS: give one such "
            "as https://news.example."
        )
    upstreams = options["upstream"] or [f"unix:{options['run']}/web.sock"]
    rule = "max_fails=3 fail_timeout=2s"
    if len(upstreams) == 1:  # Named again, so that it is asked again when one of its workers dies.
        upstreams, rule = [*upstreams] * 3, "max_fails=0"
    given = {name: value for name, value in options.items() if isinstance(value, str)}
    return {
        **given,
        "domain": site.hostname,
        "servers": "\n".join(f"    server {each} {rule};" for each in upstreams),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Fill in the files for nginx, systemd and logrotate."
    )
    add = parser.add_argument
    add("--to", required=True, help="the folder to write to")
    add("--site", required=True, help="the public address, as in SITE_URL: https://news.example")
    add("--root", default="/srv/newsroom", help="where the clone lies, with its .venv")
    add("--data", default="/var/lib/newsroom", help="DATA_DIR")
    add("--backups", default="/var/backups/newsroom", help="where backups are put")
    add("--environment", default="/etc/newsroom.env", help="the file of variables")
    add("--run", default="/run/newsroom", help="where the socket of gunicorn lies")
    add("--pid", default="/run/nginx.pid", help="where nginx writes the number of its process")
    add("--logs", default="/var/log/nginx", help="where nginx writes its logs")
    add("--cache", default="/var/cache/nginx/newsroom", help="where nginx keeps pages")
    add("--challenges", default="/var/www/html", help="where proofs for certificates are put")
    add("--certificate", default="/etc/ssl/newsroom/fullchain.pem", help="the TLS certificate")
    add("--key", default="/etc/ssl/newsroom/privkey.pem", help="its private key")
    add("--tls", default="443", help="where nginx listens for https: [address:]port")
    add("--plain", default="80", help="where nginx listens for http: [address:]port")
    add("--upload", default="220m", help="the largest upload: RECORDING_MEGABYTES and a little")
    add(
        "--upstream",
        action="append",
        default=[],
        help="where a gunicorn answers, unix:/path or host:port; once for each host "
        "(default: the socket below --run)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
