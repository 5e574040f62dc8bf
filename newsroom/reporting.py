"""Errors, told to a service that collects them (Sentry, or what speaks its protocol)."""

from __future__ import annotations


def report_errors(dsn: str) -> None:
    """Have every error of this process reported to ``dsn``: where it was, and nothing of who read.

    No cookie, no address, no text that was sent or stood in a variable leaves this computer.
    """
    import sentry_sdk  # Only a site that names a service has it.

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0,
        auto_session_tracking=False,
        before_send=_without_readers,
    )


def _without_readers(event, hint):  # type: ignore[no-untyped-def]  # Sentry's own types are private.
    request = event.get("request", {})
    for name in ("cookies", "headers", "data", "query_string", "env"):
        request.pop(name, None)
    event.pop("user", None)
    return event
