"""Spellings through `_analyze` on the real node: what is one word to the index, and what is not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

import pytest
from elasticsearch import Elasticsearch

from mappings.analysis import QUERY_GRAMS, VIEWS, Analyzer
from mappings.index import index_body

Analyse = Callable[[str, str], list[str]]

PLAIN, LETTERS = Analyzer.PLAIN, Analyzer.LETTERS
STEM, LEMMA, ROOT = Analyzer.STEM, Analyzer.LEMMA, Analyzer.ROOT


@pytest.fixture(scope="module")
def analyse(elasticsearch: Elasticsearch, index_prefix: str) -> Analyse:
    """The tokens of a text. The texts of the tables are analysed a hundred at a time: one call each
    takes a minute.
    """
    index = f"{index_prefix}-analysis"
    elasticsearch.indices.create(index=index, **index_body())
    known: dict[tuple[str, str], list[str]] = {}

    def ask(analyzer: str, texts: list[str]) -> None:
        starts, joined = [], ""
        for text in texts:
            starts.append(len(joined.encode("utf-16-le")) // 2)  # offsets count UTF-16 units
            joined += text + "\n"
        for text in texts:
            known[analyzer, text] = []
        for token in elasticsearch.indices.analyze(index=index, analyzer=analyzer, text=joined)[
            "tokens"
        ]:
            known[analyzer, texts[bisect_right(starts, token["start_offset"]) - 1]].append(
                token["token"]
            )

    pairs = [(analyzer, text) for _, analyzer, *both in (*MEETINGS, *PARTINGS) for text in both]
    for analyzer in {analyzer for analyzer, _ in pairs}:
        ask(analyzer, sorted({text for of, text in pairs if of == analyzer}))

    def tokens(analyzer: str, text: str) -> list[str]:
        if (analyzer, text) not in known:
            ask(analyzer, [text])
        return known[analyzer, text]

    return tokens


# One reading of both is the same: what is fixed, the view that fixes it, a word as typed, a word as
# it stands.
MEETINGS = [
    # A first و that belongs to the word is kept, so the form with the article meets the bare one
    # (the stock stemmer makes زير of وزير).
    ("initial waw", STEM, "وزير", "الوزير"),
    ("initial waw", STEM, "وكالة", "الوكالة"),
    ("initial waw", STEM, "وزارة", "الوزارة"),
    ("initial waw", STEM, "ولاية", "الولاية"),
    ("initial waw", STEM, "وطن", "الوطن"),
    ("initial waw", STEM, "وقت", "الوقت"),
    ("initial waw", STEM, "وفد", "الوفد"),
    ("initial waw", STEM, "وضع", "الوضع"),
    ("initial waw", STEM, "وسائل", "الوسائل"),
    ("initial waw", STEM, "وثيقة", "الوثيقة"),
    ("initial waw", STEM, "وثائق", "الوثائق"),
    ("initial waw", STEM, "وفاة", "الوفاة"),
    # Country and nisba (the stock stemmer keeps سوريا whole and cuts السورية to سور).
    ("country and nisba", ROOT, "سوريا", "السورية"),
    ("country and nisba", ROOT, "روسيا", "الروسية"),
    ("country and nisba", ROOT, "ليبيا", "الليبية"),
    # Stacked particles.
    ("conjunction before article", STEM, "والرئيس", "الرئيس"),
    ("conjunction before article", STEM, "فالرئيس", "رئيس"),
    ("stacked particles", STEM, "وللرئيس", "الرئيس"),
    ("stacked particles", STEM, "وبالرئيس", "الرئيس"),
    ("stacked particles", STEM, "وبالمدينة", "مدينة"),
    ("stacked particles", STEM, "وللحكومة", "الحكومة"),
    ("for + article", STEM, "للرئيس", "الرئيس"),
    ("in + article", STEM, "بالرئيس", "الرئيس"),
    ("as + article", STEM, "كالرئيس", "الرئيس"),
    ("single particle", STEM, "لرئيس", "رئيس"),
    ("single particle", STEM, "برئيس", "رئيس"),
    ("single particle", STEM, "لوزير", "وزير"),
    ("single particle", STEM, "بوزارة", "وزارة"),
    ("single particle", STEM, "لحكومة", "الحكومة"),
    ("single particle", STEM, "بمدينة", "المدينة"),
    ("single particle", STEM, "لمجلس", "المجلس"),
    ("single particle", STEM, "بمشاركة", "مشاركة"),
    ("single conjunction", STEM, "وقال", "قال"),
    ("single conjunction", STEM, "فقال", "قال"),
    ("single conjunction", STEM, "وأعلن", "أعلن"),
    ("single conjunction", STEM, "وأكد", "أكد"),
    ("future particle", STEM, "سيكون", "يكون"),
    ("future particle", STEM, "سيتم", "يتم"),
    # Endings.
    ("feminine plural", STEM, "شركات", "شركة"),
    ("feminine plural", STEM, "انتخابات", "الانتخابات"),
    ("masculine plural", STEM, "مسلمون", "مسلمين"),
    ("dual", STEM, "بلدان", "البلدين"),
    ("pronoun", STEM, "حكومتها", "حكومته"),
    ("nisba", STEM, "عربي", "العربية"),
    ("nisba", STEM, "لبناني", "اللبنانية"),
    # Broken plurals, which the stock stemmer does not know.
    ("broken plural", LEMMA, "رؤساء", "رئيس"),
    ("broken plural", LEMMA, "الرؤساء", "رئيس"),
    ("broken plural", LEMMA, "وزراء", "وزير"),
    ("broken plural", LEMMA, "الوزراء", "الوزير"),
    ("broken plural", LEMMA, "مدن", "مدينة"),
    ("broken plural", LEMMA, "المدن", "المدينة"),
    ("broken plural", LEMMA, "دول", "دولة"),
    ("broken plural", LEMMA, "جنود", "جندي"),
    ("broken plural", LEMMA, "أحزاب", "حزب"),
    ("broken plural", LEMMA, "قوات", "قوة"),
    ("broken plural", LEMMA, "أحكام", "حكم"),
    ("broken plural", LEMMA, "أسعار", "سعر"),
    ("broken plural", LEMMA, "حقوق", "حق"),
    ("broken plural", LEMMA, "صواريخ", "صاروخ"),
    ("broken plural", LEMMA, "شهداء", "شهيد"),
    ("broken plural", LEMMA, "أطفال", "طفل"),
    ("broken plural", LEMMA, "شوارع", "شارع"),
    ("broken plural", LEMMA, "مناطق", "منطقة"),
    ("broken plural", LEMMA, "مصادر", "مصدر"),
    ("broken plural", LEMMA, "جرائم", "جريمة"),
    ("broken plural", LEMMA, "أسلحة", "سلاح"),
    ("broken plural", LEMMA, "علماء", "عالم"),
    ("broken plural", LEMMA, "سفن", "سفينة"),
    ("broken plural", LEMMA, "زعماء", "زعيم"),
    ("broken plural", LEMMA, "سفراء", "سفير"),
    # One root.
    ("root", ROOT, "كتابة", "كاتب"),
    ("root", ROOT, "مكتب", "كتاب"),
    ("root", ROOT, "وزارة", "وزير"),
    ("root", ROOT, "هجوم", "هاجم"),
    ("root", ROOT, "انتخابات", "انتخب"),
    ("root", ROOT, "اجتماع", "مجتمع"),
    ("root", ROOT, "رئاسة", "رئيس"),
    # Hamza: on alef, on waw and ya, wasla, madda.
    ("hamza on alef", PLAIN, "الامم", "الأمم"),
    ("hamza on alef", PLAIN, "ايران", "إيران"),
    ("hamza on alef", PLAIN, "أيران", "إيران"),
    ("hamza on alef", PLAIN, "الان", "الآن"),
    ("hamza on waw", PLAIN, "مسوول", "مسؤول"),
    ("hamza on waw", PLAIN, "شوون", "شؤون"),
    ("hamza on waw", PLAIN, "موتمر", "مؤتمر"),
    ("hamza on ya", PLAIN, "رييس", "رئيس"),
    ("hamza on ya", PLAIN, "هييه", "هيئة"),
    ("alef wasla", PLAIN, "القرآن", "ٱلقرآن"),
    ("decomposed hamza", PLAIN, "أمم", "ا\u0654مم"),
    ("decomposed madda", PLAIN, "القرآن", "القرا\u0653ن"),
    # Final ya and ta marbuta.
    ("final ya", PLAIN, "على", "علي"),
    ("final ya", PLAIN, "مستشفي", "مستشفى"),
    ("ta marbuta", PLAIN, "القاهره", "القاهرة"),
    ("ta marbuta", PLAIN, "وزاره", "وزارة"),
    # Marks.
    ("harakat", PLAIN, "الأمم", "الأُمَمُ"),
    ("shadda and tanwin", PLAIN, "مكتبا", "مكتّبًا"),
    ("dagger alef", PLAIN, "الرحمن", "الرَّحْمَٰن"),
    ("dagger alef over ya", PLAIN, "على", "علىٰ"),
    ("Quranic marks", PLAIN, "قال", "قال\u06d6"),
    ("tatweel", PLAIN, "الرئيس", "الرئيـــــس"),
    ("many marks", PLAIN, "بيت", "ب" + "\u064e" * 200 + "يت"),
    # Persian and Urdu keyboards.
    ("Persian ya", PLAIN, "إيران", "ایران"),
    ("Persian kaf", PLAIN, "كيف", "کیف"),
    ("Persian final ya", PLAIN, "علي", "علی"),
    ("Persian gaf", PLAIN, "كركوك", "گرگوگ"),
    ("Persian peh", PLAIN, "باكستان", "پاكستان"),
    ("Persian tcheh", PLAIN, "جاد", "چاد"),
    ("veh", PLAIN, "فيزا", "ڤيزا"),
    ("Urdu heh goal", PLAIN, "هند", "ہند"),
    ("heh doachashmee", PLAIN, "هند", "ھند"),
    ("Urdu yeh barree", PLAIN, "ي", "ے"),
    ("Kurdish ae", PLAIN, "ه", "ە"),
    ("Persian digits", PLAIN, "2024", "۲۰۲۴"),
    # Presentation forms and ligatures.
    ("presentation forms", PLAIN, "السلام", "ﺍﻟﺴﻼﻡ"),
    ("lam-alef ligature", PLAIN, "الاسلام", "اﻻسلام"),
    ("lam-alef hamza ligature", PLAIN, "الأمم", "اﻷمم"),
    ("waw hamza, isolated form", PLAIN, "مسؤول", "مسﺅول"),
    ("the name of God", PLAIN, "الله", "ﷲ"),
    ("honorific", PLAIN, "صلى الله عليه وسلم", "ﷺ"),
    ("rial sign", PLAIN, "ريال", "﷼"),
    # Invisible characters.
    ("right-to-left mark after", PLAIN, "قال", "قال\u200f"),
    ("left-to-right mark before", PLAIN, "قال", "\u200eقال"),
    ("zero-width non-joiner inside", PLAIN, "قالت", "قا\u200cلت"),
    ("zero-width joiner", PLAIN, "قالت", "قا\u200dلت"),
    ("zero-width space", PLAIN, "قالت", "قا\u200bلت"),
    ("byte order mark", PLAIN, "قال", "\ufeffقال"),
    ("soft hyphen", PLAIN, "قالت", "قا\u00adلت"),
    ("Arabic letter mark", PLAIN, "قال", "قال\u061c"),
    ("embedding", PLAIN, "قال", "\u202bقال\u202c"),
    ("isolate", PLAIN, "قال", "\u2067قال\u2069"),
    ("word joiner", PLAIN, "قالت", "قا\u2060لت"),
    # Numbers.
    ("Arabic-Indic digits", PLAIN, "2024", "٢٠٢٤"),
    ("decimal mark", PLAIN, "3.5", "٣\u066b٥"),
    ("thousands mark", PLAIN, "1,500", "١٬٥٠٠"),
    ("full-width digits", PLAIN, "2024", "\uff12\uff10\uff12\uff14"),
    # Hashtags, joined words, Latin.
    ("hashtag", PLAIN, "عاصمة الثقافة", "#عاصمة_الثقافة"),
    ("hyphen", PLAIN, "كوفيد 19", "كوفيد-19"),
    ("Latin case", PLAIN, "opec", "OPEC"),
    ("Latin accents", PLAIN, "Erdogan", "Erdoğan"),
    ("Latin accents, decomposed", PLAIN, "Macron", "Macro\u0301n"),
    ("initials in brackets", PLAIN, "أ ف ب", "(أ ف ب)"),
    ("God with a particle", LEMMA, "لله", "الله"),
    # match=exact: only what looks different is equal.
    ("exact: marks", LETTERS, "الأمم", "الأُمَم"),
    ("exact: tatweel", LETTERS, "الرئيس", "الرئيـس"),
    ("exact: Persian ya", LETTERS, "إيران", "إیران"),
    ("exact: presentation forms", LETTERS, "السلام", "ﺍﻟﺴﻼﻡ"),
    ("exact: invisible", LETTERS, "قال", "قال\u200f"),
    ("exact: digits", LETTERS, "2024", "٢٠٢٤"),
]

# No reading of these is the same, in the view named.
PARTINGS = [
    ("minister and visited", STEM, "وزير", "زير"),
    ("ministry and visited", STEM, "وزارة", "زار"),
    ("agency and ate", STEM, "وكالة", "كال"),
    ("state and not", STEM, "ولاية", "لا"),
    ("Oman and uncle", PLAIN, "عمان", "عم"),
    ("Tehran and pure", PLAIN, "طهران", "طهر"),
    ("Putin and bot", PLAIN, "بوتين", "بوت"),
    ("phrase: article counts", PLAIN, "وزير", "الوزير"),
    ("phrase: ending counts", PLAIN, "لبنان", "لبناني"),
    ("exact: hamza on alef", LETTERS, "الامم", "الأمم"),
    ("exact: hamza on waw", LETTERS, "مسوول", "مسؤول"),
    ("exact: hamza on ya", LETTERS, "رييس", "رئيس"),
    ("exact: final ya", LETTERS, "على", "علي"),
    ("exact: ta marbuta", LETTERS, "القاهره", "القاهرة"),
    ("exact: madda", LETTERS, "القران", "القرآن"),
]

# Analyser, text, its tokens.
TOKENS = [
    (PLAIN, "", []),
    (PLAIN, "؟!،؛…", []),
    (PLAIN, "ـــ", []),
    (PLAIN, "\u064e\u0650", []),
    (PLAIN, "\u200f\u202b", []),
    (PLAIN, "أ.ف.ب", ["ا.ف.ب"]),
    (PLAIN, "قال: «نعم»؛ ثم خرج.", ["قال", "نعم", "ثم", "خرج"]),
    (PLAIN, "F-16 و إس-400", ["f", "16", "و", "اس", "400"]),
    (Analyzer.LEAD, " ".join(["بيت"] * 60), ["بيت"] * 50),
    (Analyzer.SHINGLES, "مجلس الأمن", ["مجلس", "مجلس الامن", "الامن"]),
    (Analyzer.INDEX, "الوزراء", ["وزراء", "وزير", "زرء"]),
    # The letters of a stem, three by three, and the query's reading of each.
    (Analyzer.GRAMS, "بالوزراء من مصر", ["وزر", "زرا", "راء", "من", "مصر", "صر+"]),
    (Analyzer.FIRST_GRAM, "بالوزراء من مصر", ["وزر", "من", "مصر"]),
    (Analyzer.SECOND_GRAM, "بالوزراء من مصر", ["زرا", "صر+"]),
    (Analyzer.THIRD_GRAM, "بالوزراء من مصر", ["راء"]),
    (Analyzer.FOURTH_GRAM, "بالوزراء من مصر", []),
    # A word without a known root (metaverse) stands in the view of roots by its first four letters.
    (ROOT, "ميتافيرس كتابة", ["ميتا", "كتب"]),
]


@pytest.mark.parametrize(("why", "analyzer", "typed", "stands"), MEETINGS)
def test_one_word(analyse: Analyse, why: str, analyzer: str, typed: str, stands: str) -> None:
    tokens = analyse(analyzer, typed)
    assert tokens, why
    assert tokens == analyse(analyzer, stands), why


@pytest.mark.parametrize(("why", "analyzer", "one", "other"), PARTINGS)
def test_two_words(analyse: Analyse, why: str, analyzer: str, one: str, other: str) -> None:
    assert not set(analyse(analyzer, one)) & set(analyse(analyzer, other)), why


@pytest.mark.parametrize(("analyzer", "text", "expected"), TOKENS)
def test_tokens(analyse: Analyse, analyzer: str, text: str, expected: list[str]) -> None:
    assert analyse(analyzer, text) == expected


@pytest.mark.parametrize("view", VIEWS)
def test_index_holds_every_view_at_one_position(analyse: Analyse, view: str) -> None:
    """Each reading of a query word must meet the index's reading of the same word, whatever the
    view.
    """
    for word in ("وبالمدن", "الأسلحة", "لوزارتها", "مؤتمر", "OPEC", "١٩٩٠"):
        assert set(analyse(f"naba_{view}", word)) <= set(analyse(Analyzer.INDEX, word))


def test_each_gram_of_a_query_is_in_the_index(analyse: Analyse) -> None:
    for word in ("وبالمدن", "الأسلحة", "مؤتمر", "OPEC", "٩", "الاستراتيجية", "بمصر"):
        for gram in QUERY_GRAMS:
            assert set(analyse(gram, word)) <= set(analyse(Analyzer.GRAMS, word))


def test_table_is_long_enough() -> None:
    """The issue with spellings is breadth: at least 150 cases."""
    assert len(MEETINGS) + len(PARTINGS) + len(TOKENS) >= 150
