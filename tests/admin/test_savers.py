"""Eight people save one article at once, over the network, for half a minute: no text is lost.

The server is gunicorn with the newsroom's own settings, in processes and threads, on the database
of the tests. What a saver had before their eyes is noted with everything that was accepted; so the
history can be held against it, text by text.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.utils.html import strip_tags

from articles.models import Article
from tests.admin.desk import form_of, sit_down
from tests.admin.desk import sent_from_html as sent_from
from tests.factories import make_article, make_editor
from tests.server import serving

SECONDS = float(os.environ.get("FAULTS_SECONDS", "30"))
SAVERS = 8
TEXTS = ("headline", "standfirst", "body", "byline", "dateline")
MOST_ROUNDS = 50
"""Pages of questions that one save may meet: each has an answer that counts, unless somebody was
quicker once more."""
CHOICES = ("mine", "theirs", "edit")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a server of two processes on the database of this test."""
    with serving(tmp_path) as site:
        yield site


@dataclass
class Write:
    """A text that was accepted for a field, and the one that its writer saw there before."""

    field: str
    seen: str
    text: str
    given_up: bool = False


@dataclass
class Saver:
    """One person at one browser: opens the form, types, presses a button, decides, again."""

    number: int
    site: str
    path: str
    cookies: dict[str, str]
    writes: list[Write] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    chance: random.Random = field(default_factory=random.Random)

    def ask(self, posted: dict[str, Any] | None = None) -> tuple[int, str]:
        """The answer's status and page; a browser sends back the cookies that it was given."""
        connection = HTTPConnection(urlsplit(self.site).netloc, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        if posted is None:
            connection.request("GET", self.path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", self.path, urlencode(posted, doseq=True), headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        connection.close()
        return answer.status, page

    def work(self, until: float) -> None:
        while time.monotonic() < until:
            self.save_once()

    def save_once(self) -> None:
        status, page = self.ask()
        assert status == 200, f"{status}: {page[:2000]}"
        opened = sent_from(page)
        names = self.chance.sample(TEXTS, self.chance.choice((1, 1, 2)))
        texts = {name: self.words() for name in names}
        writes = {name: Write(name, opened[name][0], text) for name, text in texts.items()}
        form = {name: texts.get(name, value) for name, value in opened.items()}
        status, page = self.ask({**form, **self.button(page)})
        for _round in range(MOST_ROUNDS):
            if status != 200:
                break
            status, page = self.decide(page, writes)
        assert status == 302, f"{status}: {page[:2000]}"
        self.counts["accepted"] += 1
        self.writes += (write for write in writes.values() if not write.given_up)

    def words(self) -> str:
        self.counts["texts"] += 1
        return f"Saver {self.number}, text {self.counts['texts']}"

    def button(self, page: str) -> dict[str, str]:
        """Most often Save; now and then a step that moves the article for everybody else."""
        steps = re.findall(r'name="_verb" value="(submit|return)"', page)
        if steps and self.chance.random() < 0.1:
            return {"_verb": steps[0], "_note": "Mend it."}
        return {"_save": "Save"}

    def decide(self, page: str, writes: dict[str, Write]) -> tuple[int, str]:
        """Choose at random on the page of two texts, and note what was seen there."""
        assert 'id="conflict_form"' in page, strip_tags(page)[-3000:]
        self.counts["conflicts"] += 1
        sent = sent_from(page)
        for name in re.findall(r'id="question-(\w+)"', page):
            choice = "on" if name == "status" else self.chance.choice(CHOICES)
            sent[f"_choice_{name}"] = [choice]
            if name not in writes:
                continue
            writes[name].seen = theirs_on(page, name)
            writes[name].given_up = choice == "theirs"
            if choice == "edit":
                writes[name].text = self.words()
                sent[f"edited-{name}"] = [writes[name].text]
            else:
                writes[name].text = plain(sent[name][0])
        button = re.search(r'class="button default" name="(\w+)" value="(\w+)"', page)
        assert button
        return self.ask({**sent, button[1]: button[2]})


def theirs_on(page: str, name: str) -> str:
    """What the other wrote, as the page of two texts shows it."""
    shown = re.search(rf'<div id="theirs-{name}">(.*?)</div>\s*</div>', page, re.DOTALL)
    assert shown, name
    words = re.sub(r"<del>.*?</del>|<span class=.*?</span>", "", shown[1], flags=re.DOTALL)
    return unescape(strip_tags(words)).strip()


def plain(text: str) -> str:
    return strip_tags(text).strip()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_savers_of_one_article_lose_no_text(site: str) -> None:
    article = make_article(status="draft", standfirst="Begun", byline="Begun", dateline="Begun")
    savers = [Saver(number, site, form_of(article), cookies()) for number in range(SAVERS)]

    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(SAVERS) as pool:
        for done in [pool.submit(saver.work, until) for saver in savers]:
            done.result()

    counts = sum((saver.counts for saver in savers), Counter())
    print(f"{counts['accepted']} saves accepted, {counts['conflicts']} conflicts, no errors")  # noqa: T201
    assert counts["conflicts"] > 0
    assert_nothing_is_lost(article, [write for saver in savers for write in saver.writes])


def cookies() -> dict[str, str]:
    client = sit_down(member=make_editor())
    return {name: morsel.value for name, morsel in client.cookies.items()}


def assert_nothing_is_lost(article: Article, writes: list[Write]) -> None:
    """Every accepted text is in the history, over the very text that its writer had seen."""
    history = list(article.revisions.kept().order_by("number"))
    kept: dict[tuple[str, str], str] = {}
    for before, after in pairwise(history):
        for name in TEXTS:
            old, new = (plain(one.snapshot[name]) for one in (before, after))
            if new != old:
                kept[name, new] = old
    lost = [write for write in writes if kept.get((write.field, write.text)) != plain(write.seen)]
    assert lost == []
    assert len(kept) == len(writes)
    newest = Article.objects.get(pk=article.pk)
    assert {name: getattr(newest, name) for name in TEXTS} == {
        name: history[-1].snapshot[name] for name in TEXTS
    }
    assert [one.number for one in history] == list(range(1, newest.version + 1))
