"""The words that invented sites print: stories, menus, names, places, months, labels."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "wording"
LANGUAGES = ("en", "ur", "sd")


@dataclass(frozen=True)
class Tale:
    """An invented story: its headline, a deck and six sentences."""

    language: str
    headline: str
    deck: str
    sentences: tuple[str, ...]


def tales(language: str) -> list[Tale]:
    """The stories of ``wording/<language>.txt``."""
    text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    found = []
    for part in text.split("= ")[1:]:
        head, deck, *sentences = part.strip().split("\n")
        found.append(Tale(language, head, deck.removeprefix("~ "), tuple(sentences)))
    return found


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "sd": "جنوري فيبروري مارچ اپريل مئي جون جولاءِ آگسٽ سيپٽمبر آڪٽوبر نومبر ڊسمبر",
}
VARIANTS = {
    "ur": {"جولائی": ["جولائي", "جولائ"], "مئی": ["مئي"]},
    "sd": {"جولاءِ": ["جولائي"], "آگسٽ": ["اگست"], "سيپٽمبر": ["سپٽمبر"]},
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ur": "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار",
    "sd": "سومر اڱارو اربع خميس جمعو ڇنڇر آچر",
}


def month(day: dt.date, language: str) -> str:
    return MONTHS[language].split()[day.month - 1]


def weekday(day: dt.date, language: str) -> str:
    return WEEKDAYS[language].split()[day.weekday()]


MENUS = {
    "en": """Home; About Us; Latest; Pakistan; World; Business; Sport; Opinion; Letters; Magazine
        Culture; Health; Weather; Videos; Photo Gallery; Archives; Contact Us; Careers; Classifieds
        Press Releases; Speeches; Manifesto; Women Wing; Students; Downloads; FAQ; Feedback; Login
        Obituaries; Horoscope; Prayer Timings; Currency Rates; Jobs; Young World""",
    "ur": """صفحہ اول; تازہ ترین; پاکستان; دنیا; کھیل; کاروبار; شوبز; صحت; کالم; اداریہ; بلاگ
        ویڈیوز; تصاویر; موسم; دلچسپ و عجیب; سائنس; خواتین; بچوں کا صفحہ; رابطہ کریں
        ہمارے بارے میں; آرکائیو
        شہر شہر سے; اسلامی صفحہ; ٹیکنالوجی; تعلیم; مراسلات""",
    "sd": """مکيه صفحو; تازيون خبرون; سنڌ; پاڪستان; دنيا; راند; ڪاروبار; صحت; ڪالم; ايڊيٽوريل; خط
        ادب; شاعري; ٻارن جو صفحو; عورتون; تصويرون; وڊيوز; رابطو; اسان بابت; موسم; سائنس; تعليم""",
}
SITES = {
    "en": """Indus Lantern; The Valley Post; Harbour Times; Radio Saffron; Monsoon Weekly
        Teachers' Front; The Kiln Review; Bay Front Party; Nightjar Blog; Salt Range Observer""",
    "ur": """روزنامہ چراغ؛ ہفت روزہ دریا؛ ماہنامہ کاغذ؛ ریڈیو زعفران؛ محاذ اساتذہ؛ آوازِ کوہسار
        نوائے ساحل؛ روزنامہ بادبان؛ تحریک باغبان؛ قلم نگر""",
    "sd": """روزاني ڏيئو؛ هفتيوار ڇولي؛ ماهوار ڪونج؛ ريڊيو ڪيٽي؛ سنڌ استاد محاذ؛ روزاني واهه
        ڪينجهر؛ نئين ٻيڙي""",
}
NAMES = {
    "en": """Zarmina Tolwani; Haris Bukerai; Odette Marwal; Kamran Telhari; Sunil Dharoo
        Mehrab Angai; Laila Vosteen; Piral Junao""",
    "ur": """زرمینہ تولوانی; حارث بکیرائی; کامل دریائی; نگہت شبنمی; عمران تلہاری; مہراب انگائی""",
    "sd": """زرمينه تولواڻي; پيرل جوڻيجائي; سونهن ڌاراڻي; نياز ڏيپلائي; مهراب ٽلهاري""",
}
PLACES = {
    "en": "Karachi; Lahore; Quetta; Peshawar; Sukkur; Multan; Gilgit; London; Dubai; Gujranwala",
    "ur": "کراچی; لاہور; کوئٹہ; پشاور; سکھر; ملتان; گلگت; لندن; ڈیرہ غازی خان; ٹوبہ ٹیک سنگھ",
    "sd": "ڪراچي; حيدرآباد; سکر; لاڙڪاڻو; ٺٽو; بدين; دادو; جيڪب آباد; ٽنڊو الهيار",
}
TAILS = {
    "en": [
        ["Leave a Reply", "Your email address will not be published."],
        ["Share this:", "Facebook", "Twitter", "WhatsApp"],
        ["Related Posts", "{t}", "{t}"],
        ["Comments", "0"],
        ["Read more", "{t}..."],
        ["Most Popular", "{t}", "{t}", "{t}"],
        ["You might also like", "{t}"],
        ["Tags: river, council, winter"],
        ["Copyright © 2021 {site}. All rights reserved."],
        ["{t}...", "{t}...", "Comments"],
        ["Previous Post", "{t}", "Next Post", "{t}"],
        ["Back to top button"],
        ["Advertisement"],
        ["Published in {site}, {on}"],
        ["Subscribe to our newsletter", "Enter your email"],
        ["More from {site}", "{t}", "{t}"],
    ],
    "ur": [
        ["مزید خبریں", "{t}...", "{t}..."],
        ["یہ بھی پڑھیں", "{t}"],
        ["متعلقہ خبریں", "{t}", "{t}"],
        ["اپنا تبصرہ لکھیں"],
        ["شیئر کریں", "فیس بک", "ٹویٹر", "واٹس ایپ"],
        ["تبصرے", "0"],
        ["جملہ حقوق محفوظ ہیں © {site}"],
        ["سب سے زیادہ پڑھی جانے والی خبریں", "{t}", "{t}"],
        ["مزید پڑھیں: {t}"],
        ["ٹیگز: دریا، کونسل"],
        ["Share this:", "Facebook", "Twitter"],
        ["Leave a Reply"],
        ["{t}...", "{t}...", "Comments"],
        ["پچھلی خبر", "{t}", "اگلی خبر", "{t}"],
    ],
    "sd": [
        ["ھي به پڙھندا", "{t}"],
        ["پهنجو تبصرو موڪليو"],
        ["سان لاڳاپيل آرٽيڪل", "{t}", "{t}"],
        ["وڌيڪ خبرون", "{t}..."],
        ["لاڳاپيل خبرون", "{t}", "{t}"],
        ["شيئر ڪريو", "فيس بوڪ", "ٽوئيٽر"],
        ["سڀ حق واسطا محفوظ © {site}"],
        ["تبصرا", "0"],
        ["Share this:", "Facebook", "Twitter"],
        ["Leave a Reply"],
        ["{t}...", "{t}...", "Comments"],
    ],
}
CROSSED = {
    "en": ["Read in Urdu", "اردو میں پڑھیں", "سنڌيءَ ۾ پڙهو"],
    "ur": ["Read in English", "انگریزی میں پڑھیں", "English Version"],
    "sd": ["Read in English", "اردو ۾ پڙهو", "Sindhi Version"],
}
SECTIONS = {
    "en": ["Pakistan", "Editorial", "Local News", "Press Release", "News (English) Archive"],
    "ur": ["پاکستان", "شہر شہر سے", "News (Urdu) Archive", "پریس ریلیز", "مقامی خبریں"],
    "sd": ["سنڌ", "News (Sindhi) Archive", "مقامي خبرون", "شهر ۽ ڳوٺ"],
}


def pool(table: dict[str, str], language: str) -> list[str]:
    """The entries of a table of words for ``language``."""
    text = table[language].replace("؛", ";")
    return [
        entry.strip() for line in text.split("\n") for entry in line.split(";") if entry.strip()
    ]
