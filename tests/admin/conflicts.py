"""What the tests of conflicts share: who has a form open, and who saves the article meanwhile."""

from __future__ import annotations

from typing import Any

from django.test import Client

from articles.models import Article
from tests.admin.desk import form_of, save, sent_from, sit_down, typed
from tests.factories import make_editor

ASKS = "Two texts: choose what the article says"


class Two:
    """One person who has opened an article's form, and another who saves it meanwhile."""

    def __init__(self, article: Article, me: Client | None = None) -> None:
        self.article = article
        self.me = me or sit_down()
        self.they = make_editor(username="ayesha", first_name="Ayesha", last_name="Khan")
        self.opened = self.me.get(form_of(article))

    def save_theirs(self, **changes: Any) -> None:
        save(sit_down(member=self.they), self.article, **changes)

    def save_mine(self, **changes: Any) -> Any:
        posted = typed(self.opened, **changes)
        return self.me.post(form_of(self.article), posted, follow=True)

    def decide(self, page: Any, **answers: Any) -> Any:
        """Answer on the page of questions and press its first button."""
        choices = {f"_choice_{name}": choice for name, choice in answers.items()}
        return self.send(page, **choices)

    def send(self, page: Any, **changes: Any) -> Any:
        name, value, _label = page.context["buttons"][0]
        posted = sent_from(page, **{name: value, **changes})
        return self.me.post(form_of(self.article), posted, follow=True)

    @property
    def now(self) -> Article:
        return Article.objects.get(pk=self.article.pk)

    def history(self, name: str) -> list[str]:
        """What the field said in each revision, newest first."""
        return [one.snapshot[name] for one in self.article.revisions.kept()]
