"""Lists of the desk, whose pages cost the same in a table of any size.

A list counts and pages through a window of ``COUNT_LIMIT`` rows. Where it is ordered by a moment,
what is older is a window of its own, which begins at a place and not after so many rows: the last
of them costs what the first one costs. Where it is not, who needs more filters or searches.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from articles.models.place import Place

COUNT_LIMIT = 1_000
BEFORE = "before"
"""Names in a list's address the place before which its window begins."""


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # Generic for type checkers only.
    """A paginator of the first ``COUNT_LIMIT`` rows; ``is_capped`` tells whether there are more."""

    limit = COUNT_LIMIT

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: self.limit + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.limit)

    @property
    def is_capped(self) -> bool:
        return self._counted > self.limit


class JoinedPaginator(CappedPaginator):
    """A paginator of fewer rows, where each is counted by asking another table as well."""

    limit = COUNT_LIMIT // 4


class DeskChangeList(ChangeList):
    """A list under its noun's own name, with the columns of ``list_defer`` left in the database,
    and in windows where its screen names the moment it is ordered by as ``list_windows``.
    """

    paginator: CappedPaginator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        found: dict[str, Any] = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name != BEFORE}

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        rows = super().get_queryset(request, *args, **kwargs)
        rows = rows.filter(self.place.older) if self.place else rows
        return rows.defer(*getattr(self.model_admin, "list_defer", ()))

    @property
    def moment(self) -> str:
        """The column of the moment by which the list goes on, if it does."""
        is_otherwise = bool(self.query) or ORDER_VAR in self.params
        return "" if is_otherwise else getattr(self.model_admin, "list_windows", "")

    @cached_property
    def place(self) -> Place | None:
        """Where the window begins; None for the newest one."""
        try:
            return Place.read(self.params.get(BEFORE, ""), self.moment) if self.moment else None
        except ValueError:
            return None

    @property
    def is_cut(self) -> bool:
        """Whether there may be more rows than the list counts and pages through."""
        return self.paginator.is_capped

    @property
    def goes_on(self) -> bool:
        """Whether the list is one of several windows."""
        return bool(self.place or (self.moment and self.is_cut))

    @property
    def older_address(self) -> str:
        """The address of the next window, on the last page of this one; empty where there is
        none.
        """
        is_last = self.page_num == self.paginator.num_pages
        if not (self.moment and self.is_cut and is_last):
            return ""
        last = list(self.result_list)[-1]
        return self.get_query_string({BEFORE: Place.of(last, self.moment)})

    @property
    def newest_address(self) -> str:
        """The address of the first window, for who has left it."""
        return self.get_query_string(remove=[BEFORE]) if self.place else ""
