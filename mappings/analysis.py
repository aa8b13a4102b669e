"""How a text becomes terms: char filters, token filters and analysers, each with the case that asks for it.

Elasticsearch's `arabic` analyser is where this starts from; its faults are listed in docs/arabic.md. Three views of a
word (stem, lemma, root) stand in one field and the word as written in a field beside it, so that a query can take the
best of the four word by word. Index and query share char filter and normaliser; the query's analysers give one view
each.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from mappings.characters import folding_table, letters_table, mapping_rules
from mappings.word_lists import Lexicon, View, lexicon_rules

Definition = dict[str, Any]

VIEWS: Final[tuple[View, ...]] = ("stem", "lemma", "root")
LEXICA: Final[tuple[Lexicon, ...]] = ("names", *VIEWS)


class Analyzer(StrEnum):
    """Names of the analysers; the first indexes what the next three look for."""

    INDEX = "naba_index"  # all three views at one position
    STEM = "naba_stem"
    LEMMA = "naba_lemma"
    ROOT = "naba_root"
    PLAIN = "naba_plain"  # folded letters, no stemming: phrases, and the word as written
    LETTERS = "naba_letters"  # letters unfolded: match=exact
    LEAD = "naba_lead"  # lemmas of the first words only
    SHINGLES = "naba_shingles"  # one to three plain words: did you mean


class CharFilter(StrEnum):
    """Names of the char filters. `mapping` keeps offsets right for highlights; `pattern_replace` does not."""

    FOLDED = "naba_folded"
    LETTERS = "naba_letters"


# Lower case (Latin names), digits of the three systems, then hamza on alef, final ya and ta marbuta. Before stop words
# and stems, not after as in the stock chain: there a marked or hamza-less particle escapes the stop list.
NORMALISED: Final = ("lowercase", "decimal_digit", "arabic_normalization")

# A conjunction before an article, which the stock stemmer takes off only for و: فالرئيس, وبالرئيس, وللرئيس. The three
# letters that must follow keep والد and والي whole.
CONJUNCTION_PATTERN: Final = (
    r"^[\u0648\u0641](?=(?:\u0627\u0644|\u0628\u0627\u0644|\u0643\u0627\u0644|\u0644\u0644)\p{L}{3})"
)

# Words of a body that count as its lead, where a news story says what it is about: 25 is better for news and worse for
# encyclopedia text, 100 the other way round.
LEAD_WORDS: Final = 50

FIRST_WORDS: Final = "naba_first_words"
CONJUNCTION: Final = "naba_conjunction"
LIGHT_STEM: Final = "naba_light_stem"
ALL_VIEWS: Final = "naba_views"


def _lexicon(lexicon: Lexicon) -> str:
    return f"naba_lexicon_{lexicon}"


def _chain(view: View) -> list[str]:
    """The filters of one view: the lexicon's rule for the word, else what the light stemmer makes of it.

    A rule marks its word as done, so the rules and the stemmer after it leave it alone. Names come first, but not in
    the view that only ranks: there their roots help a little.
    """
    names = [] if view == "root" else [_lexicon("names")]
    return [*names, _lexicon(view), CONJUNCTION, LIGHT_STEM]


def _custom(char_filter: CharFilter, *filters: str) -> Definition:
    return {"type": "custom", "tokenizer": "standard", "char_filter": [str(char_filter)], "filter": list(filters)}


def char_filters() -> Definition:
    """The character tables as `mapping` char filters."""
    return {
        CharFilter.FOLDED: {"type": "mapping", "mappings": mapping_rules(folding_table())},
        CharFilter.LETTERS: {"type": "mapping", "mappings": mapping_rules(letters_table())},
    }


def token_filters() -> Definition:
    """The token filters. The multiplexer puts the three views of a word at its place, each once."""
    return {
        FIRST_WORDS: {"type": "limit", "max_token_count": LEAD_WORDS},
        CONJUNCTION: {"type": "pattern_replace", "pattern": CONJUNCTION_PATTERN, "replacement": ""},
        LIGHT_STEM: {"type": "stemmer", "language": "arabic"},
        **{_lexicon(one): {"type": "stemmer_override", "rules": list(lexicon_rules(one))} for one in LEXICA},
        ALL_VIEWS: {
            "type": "multiplexer",
            "preserve_original": False,
            "filters": [", ".join(_chain(view)) for view in VIEWS],
        },
        # Word pairs and triples let the phrase suggester weigh a correction by its neighbours.
        "naba_shingle": {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 3},
    }


def analyzers() -> Definition:
    """Every analyser by name. Stop words stay in the index (phrases need them); the query builder leaves them out."""
    folded = CharFilter.FOLDED
    return {
        Analyzer.INDEX: _custom(folded, *NORMALISED, ALL_VIEWS),
        Analyzer.PLAIN: _custom(folded, *NORMALISED),
        Analyzer.STEM: _custom(folded, *NORMALISED, *_chain("stem")),
        Analyzer.LEMMA: _custom(folded, *NORMALISED, *_chain("lemma")),
        Analyzer.ROOT: _custom(folded, *NORMALISED, *_chain("root")),
        Analyzer.LEAD: _custom(folded, FIRST_WORDS, *NORMALISED, *_chain("lemma")),
        # Latin capitals and digit systems are typing, not spelling: they fold even here.
        Analyzer.LETTERS: _custom(CharFilter.LETTERS, "lowercase", "decimal_digit"),
        Analyzer.SHINGLES: _custom(folded, *NORMALISED, "naba_shingle"),
    }


def analysis_settings() -> Definition:
    """The `analysis` part of the index settings."""
    parts = {"char_filter": char_filters(), "filter": token_filters(), "analyzer": analyzers()}
    return {part: {str(name): value for name, value in named.items()} for part, named in parts.items()}
