"""What the answer of a view depends on, beside the address and the state of the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])
Reducer = Callable[[str], str]
LONGEST_PATH = 1000


def as_it_is(value: str) -> str:
    """The reducer of a parameter whose every value may lead to another page."""
    return value


@dataclass(frozen=True, eq=False)
class Dependence:
    """Names of query parameters and of request headers, each with what reduces its value.

    A reducer gives values that lead to the same page the same form, which is what the view is
    given to read: so a page can depend on nothing that does not tell it from other pages.
    """

    parameters: Mapping[str, Reducer] = field(default_factory=dict)
    headers: Mapping[str, Reducer] = field(default_factory=dict)

    def of_query(self, sent: QueryDict) -> dict[str, str]:
        """Return the parameters of a query that count, reduced and sorted by their names."""
        known = sorted(self.parameters.items())
        return {name: reduce(sent.get(name) or "") for name, reduce in known if name in sent}


def depends_on(
    *parameters: str,
    reduced: Mapping[str, Reducer] | None = None,
    headers: Mapping[str, Reducer] | None = None,
) -> Callable[[View], View]:
    """Declare all that the answers of a view depend on, so that they may be given to many.

    ``parameters`` are read as they are, those in ``reduced`` and the ``headers`` through their
    reducers. Of a parameter that is repeated the last one is read. The view is never given another
    parameter; where a page may be kept of its answer, it is given no cookie and no other header
    than Host either.
    """
    dependence = Dependence(
        {**dict.fromkeys(parameters, as_it_is), **(reduced or {})}, dict(headers or {})
    )

    def declare(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.GET:
                request.GET = QueryDict(urlencode(dependence.of_query(request.GET)))
            return view(request, *args, **kwargs)

        limited.dependence = dependence  # type: ignore[attr-defined]
        return cast(View, limited)

    return declare


@lru_cache(maxsize=4096)
def dependence_of(path: str) -> Dependence | None:
    """Return what the page at ``path`` depends on; None where no view declares it."""
    if len(path) > LONGEST_PATH:
        return None
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    found: Dependence | None = getattr(view, "dependence", None)
    return found
