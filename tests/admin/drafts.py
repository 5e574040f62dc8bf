"""What the tests of drafts share: telling as the form's script does, and what a page offers."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

from django.test import Client

from articles.models import Article
from tests.admin.desk import form_of, typed

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"
TAB = UUID(int=1)


def draft_address(article: Article | None) -> str:
    return f"{form_of(article).removesuffix('change/')}draft/" if article else f"{ADD}draft/"


def tell(client: Client, article: Article | None, tab: UUID = TAB, **message: Any) -> Any:
    """What the form's script would tell."""
    body = json.dumps({"tab": str(tab), **message})
    return client.post(draft_address(article), body, content_type="application/json")


def type_into(client: Client, article: Article | None, tab: UUID = TAB, **changes: Any) -> None:
    """Open the form, type ``changes`` over it and keep all of it as the script does."""
    form = typed(client.get(form_of(article) if article else ADD), **changes)
    data = {name: str(value) for name, value in form.items()}
    version = form["base_version"] or None
    assert tell(client, article, tab, data=data, base_version=version).status_code == 200


def close(client: Client, article: Article | None, tab: UUID = TAB) -> None:
    assert tell(client, article, tab, left=True).status_code == 200


def offered(response: Any) -> str:
    """The texts that the page offers, with their changes marked as in the page."""
    page = re.sub(r'<span class="visually-hidden".*?</span>', "", response.content.decode())
    return page.partition('id="desk-unsaved"')[2].partition("<form ")[0]
