"""The translations keep their promises: whole, in the right letters, and safe to fill in."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import django
import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template import engines
from django.utils.translation.template import templatize
from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(settings.BASE_DIR)
LOCALE = ROOT / "locale"
PAGES = sorted((ROOT / "templates" / "site").rglob("*.html"))
SENTENCES_OF = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""How many of the first arguments of a function are sentences, or tell them apart."""
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
CONTRIB = Path(django.__file__).parent / "contrib"

# What a translation may keep in Latin letters: names, codes and patterns typed as they are.
LATIN = (
    *(
        "Command",
        "Control",
        "CSRF",
        "Django",
        "HTML",
        "HTTPS",
        "IP",
        "IPv4",
        "IPv6",
        "JSON",
        "LDAP",
        "Mac",
    ),
    *("ManagementForm", "OK", "Referer", "Single Sign-On", "URL", "UUID", "A-Z", "a-z"),
    *("DEBUG=True", "True", "False", "None", "last", "encoding", "null", "regex", "slug", "spam"),
    *("Referrer-Policy: no-referrer", "same-origin", "get_absolute_url()"),
    *("allow_empty", "allow_future"),
    *("en", "ur", "sd-Deva", "BCP 47", "ltr", "rtl", "SHA-256", "Asia/Karachi", "manifest"),
    *("(p)", "(h2, h3, h4)", "(ul, ol, li)", "(blockquote, q)", "(a)", "(strong, em)", "(br, hr)"),
    *("/englishnews/1234/a-headline", "fixtures/languages.json", "locale"),
    *("json", "xml", "ninjs", "pubStatus", "rightsInfo"),
    *("AVIF", "GIF", "HEIC", "JPEG", "PNG", "SVG", "WebP"),
    *("FLAC", "M4A", "MP3", "MP4", "Ogg", "WAV", "WebM"),
    *("SubRip", ".srt", "UTF-8", ".vtt", "WEBVTT", "WebVTT"),
    *("YYYY-MM-DD", "HH:MM[:ss[.uuuuuu]]", "[TZ]", "[DD] [[HH:]MM:]ss[.uuuuuu]"),
)
# Letters of another language's alphabet, and in Urdu an aspirating he where none can be.
FOREIGN = {
    "ur": re.compile(r"[يكهىڪ]|(?<![بپتٹجچدڈرڑکگلمن])ھ"),
    "sd": re.compile(r"[ےں۔ہٹڑڈ]"),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^<>]+>")

Key = tuple[str | None, str]


def name_of(catalogue: Path) -> str:
    return f"{catalogue.parts[-3]}-{catalogue.stem}"


def entries(catalogue: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete]


def keys(catalogue: Path) -> set[Key]:
    return {(entry.msgctxt, entry.msgid) for entry in entries(catalogue)}


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def english_in(text: str) -> list[str]:
    plain = TAG.sub(" ", PLACEHOLDER.sub(" ", text))
    typed = "|".join(map(re.escape, sorted(LATIN, key=len, reverse=True)))
    return re.findall(r"[A-Za-z]+", re.sub(rf"(?<![A-Za-z])(?:{typed})(?![A-Za-z])", " ", plain))


for_each_catalogue = pytest.mark.parametrize("catalogue", CATALOGUES, ids=name_of)
for_each_language = pytest.mark.parametrize(
    "language", sorted({path.parts[-3] for path in CATALOGUES})
)


def test_there_are_catalogues_for_every_language_but_english():
    for code, _name in settings.LANGUAGES:
        assert code == "en" or LOCALE / code / "LC_MESSAGES" / "django.po" in CATALOGUES


@for_each_catalogue
def test_every_entry_is_translated_and_none_is_a_guess(catalogue: Path):
    bare = [entry.msgid for entry in entries(catalogue) if not all(map(str.strip, texts(entry)))]
    assert bare == []
    assert [entry.msgid for entry in entries(catalogue) if entry.fuzzy] == []


@for_each_catalogue
def test_every_plural_has_as_many_forms_as_the_header_promises(catalogue: Path):
    rule = polib.pofile(str(catalogue)).metadata["Plural-Forms"]
    promised = int(rule.removeprefix("nplurals=")[0])
    plurals = [entry for entry in entries(catalogue) if entry.msgid_plural]
    assert {len(entry.msgstr_plural) for entry in plurals} <= {promised}


@for_each_catalogue
def test_a_translation_has_the_placeholders_of_its_key(catalogue: Path):
    for entry in entries(catalogue):
        *fewer, last = texts(entry)
        wanted = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        assert Counter(PLACEHOLDER.findall(last)) == wanted, entry.msgid
        for text in fewer:  # "an hour ago" may leave its number out.
            assert Counter(PLACEHOLDER.findall(text)) <= wanted, entry.msgid


@for_each_catalogue
def test_a_translation_has_the_tags_and_the_outer_space_of_its_key(catalogue: Path):
    for entry in entries(catalogue):
        for text in texts(entry):
            assert Counter(TAG.findall(text)) == Counter(TAG.findall(entry.msgid)), entry.msgid
            if entry.msgid.strip(" ,"):  # The list separator ", " is all space and comma.
                assert outer_space(text) == outer_space(entry.msgid), entry.msgid


def outer_space(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@for_each_catalogue
def test_no_english_word_is_left_in_a_translation(catalogue: Path):
    all_texts = [text for entry in entries(catalogue) for text in texts(entry)]
    assert [text for text in all_texts if english_in(text)] == []


@for_each_catalogue
def test_a_translation_is_spelled_in_the_letters_of_its_language(catalogue: Path):
    foreign = FOREIGN.get(catalogue.parts[-3])
    if foreign:
        for entry in entries(catalogue):
            for text in texts(entry):
                assert not foreign.search(text), text


@for_each_language
@pytest.mark.parametrize("app", ["admin", "auth", "contenttypes"])
@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_an_editor_meets_no_english_in_the_admin(language: str, app: str, domain: str):
    theirs = CONTRIB / app / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if theirs.exists():
        assert keys(theirs) - keys(LOCALE / language / "LC_MESSAGES" / f"{domain}.po") == set()


@for_each_language
def test_every_sentence_of_the_site_is_translated(language: str):
    folder = LOCALE / language / "LC_MESSAGES"
    assert sentences_of_the_site() - keys(folder / "django.po") == set()
    assert sentences_of_the_scripts() - keys(folder / "djangojs.po") == set()


def test_the_sentences_of_the_site_are_found_in_code_and_in_templates():
    code = '_("One") + pgettext_lazy("month", "Two") + ngettext("3", "4", n)'
    assert set(marked_in_python(code)) == {(None, "One"), ("month", "Two"), (None, "3")}
    page = '{% translate "One" %} {% blocktranslate trimmed %} Two {{ a }} {% endblocktranslate %}'
    assert set(marked_in_template(page)) == {(None, "One"), (None, "Two %(a)s")}
    page = '{{ _("One") }} {% trans n=2 %} Two {{ a }} {% pluralize %} 2 {% endtrans %}'
    assert set(marked_in_page(page)) == {(None, "One"), (None, "Two %(a)s")}
    assert set(marked_in_page('{{ pgettext("month", "May") }}')) == {("month", "May")}
    script = 'say(gettext("One")); pgettext("month", "Two"); gettext(variable);'
    assert set(marked_in_script(script)) == {(None, "One"), ("month", "Two")}


@for_each_language
def test_a_per_cent_sign_stands_for_a_value_or_is_doubled(language: str):
    """The readers' pages format every sentence: a lone sign would be a fault on each of them."""
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    marked = sentences_of_pages()
    for entry in catalogue:
        if (entry.msgctxt, entry.msgid) in marked:
            for text in texts(entry):
                assert "%" not in re.sub(r"%\(\w+\)s|%%", "", text), text


def test_only_sentences_that_are_written_there_are_translated_in_a_page():
    """A translation is not escaped: what somebody typed must never go through."""
    for path in PAGES:
        tree = engines["jinja2"].env.parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            said = call.args[: SENTENCES_OF.get(getattr(call.node, "name", ""), 0)]
            assert all(isinstance(each, nodes.Const) for each in said), path


def sentences_of_pages() -> set[Key]:
    """Every key that the templates of the readers' pages mark."""
    return {key for path in PAGES for key in marked_in_page(path.read_text(encoding="utf-8"))}


def sentences_of_the_site() -> set[Key]:
    """Every key that our code and templates mark for translation; needs no GNU gettext."""
    found: set[Key] = set()
    for folder in ("articles", "newsroom"):
        for path in (ROOT / folder).rglob("*.py"):
            found.update(marked_in_python(path.read_text(encoding="utf-8")))
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in {".html", ".txt", ".xml"}:
            source = path.read_text(encoding="utf-8")
            is_site = path.is_relative_to(ROOT / "templates" / "site")
            found.update(marked_in_page(source) if is_site else marked_in_template(source))
    return found


def sentences_of_the_scripts() -> set[Key]:
    """Every key that our scripts mark for translation, in Django's catalogue for scripts."""
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "static").rglob("*.js")]
    return {key for script in scripts for key in marked_in_script(script)}


def marked_in_script(source: str) -> Iterator[Key]:
    string = r'\s*"(?:[^"\\]|\\.)*"\s*'
    for call in re.finditer(rf"\bn?p?gettext\({string}(?:,{string})*", source):
        yield from marked_in_python(call[0] + ")")


def marked_in_python(source: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from marked_in_call(node)


def marked_in_call(call: ast.Call) -> Iterator[Key]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    marker = re.fullmatch(r"_|u?(n?p?)gettext(?:_lazy|_noop)?", name)
    values = [value.value for value in call.args if isinstance(value, ast.Constant)]
    strings = [value for value in values if isinstance(value, str)]
    if marker and strings:
        yield (strings[0], strings[1]) if "p" in (marker[1] or "") else (None, strings[0])


def marked_in_template(source: str) -> Iterator[Key]:
    for call in re.finditer(r"(?<!\w)(?:n?p?gettext|_)\(", templatize(source)):
        yield from marked_in_python(balanced_call(templatize(source)[call.start() :]))


def marked_in_page(source: str) -> Iterator[Key]:
    """Every key that a template of the readers' pages marks, which Jinja2 finds by itself."""
    for _line, function, said in engines["jinja2"].env.extract_translations(source):
        texts = (said,) if isinstance(said, str) else said
        strings = [text for text in texts if isinstance(text, str)]
        has_context = function.startswith(("p", "np"))
        yield (strings[0], strings[1]) if has_context else (None, strings[0])


def balanced_call(text: str) -> str:
    """Cut the text after the call at its beginning: templatize puts other matter around calls."""
    for end in (match.end() for match in re.finditer(r"\)", text)):
        try:
            ast.parse(text[:end])
        except SyntaxError:
            continue
        return text[:end]
    return ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "ur" / "LC_MESSAGES"
    target.mkdir(parents=True)
    (target / "django.po").write_bytes((LOCALE / "ur/LC_MESSAGES/django.po").read_bytes())
    return tmp_path


def compile_in(folder: Path) -> str:
    printed = io.StringIO()
    call_command("compile_catalogues", folder, stdout=printed)
    return printed.getvalue()


def test_compiling_prints_one_line_a_catalogue_and_django_can_read_the_result(folder: Path):
    assert compile_in(folder) == f"Compiled {folder / 'ur/LC_MESSAGES/django.mo'}.\n"
    with (folder / "ur/LC_MESSAGES/django.mo").open("rb") as file:
        urdu = gettext.GNUTranslations(file)
    assert urdu.gettext("Monday") == "پیر"
    assert urdu.ngettext("%(num)d hour", "%(num)d hours", 3) == "%(num)d\u00a0گھنٹے"


def test_compiling_again_writes_nothing_until_a_catalogue_changes(folder: Path):
    compile_in(folder)
    compiled = folder / "ur/LC_MESSAGES/django.mo"
    before = compiled.stat().st_mtime_ns
    assert compile_in(folder) == ""
    assert compiled.stat().st_mtime_ns == before
    source = compiled.with_suffix(".po")
    source.write_text(source.read_text("utf-8").replace('msgstr "پیر"', 'msgstr "سوموار"'), "utf-8")
    assert compile_in(folder).startswith("Compiled")


def test_compiling_leaves_nothing_beside_the_catalogues(folder: Path):
    compile_in(folder)
    names = {path.name for path in (folder / "ur/LC_MESSAGES").iterdir()}
    assert names == {"django.po", "django.mo"}


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("broken", "line", "fault"),
    [
        (f'{HEADER}msgid "One\nmsgstr "ایک"\n'.encode(), 4, "quotation mark is missing"),
        (f'{HEADER}msgstr "ایک"\n'.encode(), 4, "may not stand here"),
        (f'{HEADER}msgid "One"\nmsgstr "'.encode() + b'\xd5"\n', 5, "not UTF-8"),
        (b'msgid "One"\nmsgstr ""\n', 1, "charset=UTF-8"),
        ((HEADER + 'msgid "One"\nmsgstr "ایک"\n\n' * 2).encode(), 7, "on line 4 already"),
        (HEADER.replace("\\n", "\\nPlural-Forms: nplurals=2; plural=q;\\n").encode(), 1, "header"),
    ],
)
def test_a_broken_catalogue_is_named_and_spoils_no_other(
    folder: Path, broken: bytes, line: int, fault: str
):
    compile_in(folder)
    source = folder / "ur/LC_MESSAGES/django.po"
    kept = source.with_suffix(".mo").read_bytes()
    source.with_name("whole.po").write_text(HEADER, "utf-8")
    source.write_bytes(broken)
    with pytest.raises(CommandError) as refused:
        compile_in(folder)
    assert refused.value.returncode == 1
    assert f"{source}, line {line}: " in str(refused.value)
    assert fault in str(refused.value)
    assert source.with_suffix(".mo").read_bytes() == kept
    assert source.with_name("whole.mo").exists()
