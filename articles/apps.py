"""The app and its admin, as Django is told of them."""

from __future__ import annotations

from typing import Any

from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from articles import checks  # noqa: F401  Importing it registers the checks.
        from articles.admin import people  # noqa: F401  Importing it replaces Django's screens.

        post_migrate.connect(_mend_search, sender=self)
        post_migrate.connect(_tell_statistics, sender=self)


class FailedLoginsConfig(AxesConfig):
    """django-axes under a name that an administrator understands."""

    verbose_name = _("Failed logins")


def _mend_search(using: str, **kwargs: Any) -> None:
    """On SQLite, a migration that makes the article's table anew has dropped its triggers."""
    from articles.search.index import mend

    mend(using)


def _tell_statistics(using: str, **kwargs: Any) -> None:
    """On SQLite, a migration that makes the article's table anew has dropped what it was told."""
    from articles.models.statistics import tell_statistics

    tell_statistics(using)


class NewsroomAdminConfig(AdminConfig):
    """Django's admin with the newsroom's own site class, so that every screen is translatable."""

    default_site = "articles.admin.site.NewsroomAdminSite"
