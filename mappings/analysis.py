"""How a text becomes terms: char filters, token filters and analysers, each with the case that asks
for it.

Elasticsearch's `arabic` analyser is where this starts from; its faults are listed in
docs/arabic.md. Three views of a word (stem, lemma, root) stand in one field; the word as written,
and the letters of its stem three by three, in fields beside it, so that a query can take the best
of them word by word. Index and query share char filter and normaliser; the query's analysers give
one view each, or two that are one reading.
"""

from __future__ import annotations

from typing import Any, Final

from mappings.arabic.letters import escaped, folding_table, letters_table, mapping_rules
from mappings.arabic.morphology import (
    ARTICLES,
    CONJUNCTIONS,
    HAMZA,
    PARTICLE_BEFORE_PRONOUN_PATTERN,
    PRONOUN_AFTER_HAMZA_PATTERN,
    PRONOUN_PATTERN,
    any_of,
    one_of,
)
from mappings.arabic.word_lists import View, lexicon_rules

Definition = dict[str, Any]

VIEWS: Final[tuple[View, ...]] = ("stem", "lemma", "root")


class Analyzer:
    """Names of the analysers; the first indexes what the next four look for."""

    INDEX = "naba_index"  # all three views at one position
    STEM = "naba_stem"
    LEMMA = "naba_lemma"
    ROOT = "naba_root"
    STEM_OR_LEMMA = (
        "naba_stem_or_lemma"  # both at one position, for queries: one term where they are the same
    )
    PLAIN = "naba_plain"  # folded letters, no stemming: phrases, and the word as written
    LETTERS = "naba_letters"  # letters unfolded: match=exact
    LEAD = "naba_lead"  # lemmas of the first words only
    GRAMS = "naba_grams"  # the letters of the stem, three by three
    FIRST_GRAM = "naba_gram_1"  # the first three letters of the stem alone, for queries; and so on
    SECOND_GRAM = "naba_gram_2"
    THIRD_GRAM = "naba_gram_3"
    FOURTH_GRAM = "naba_gram_4"
    SHINGLES = "naba_shingles"  # one to three plain words: did you mean


class CharFilter:
    """Names of the char filters. `mapping` keeps offsets right for highlights; `pattern_replace`
    does not.
    """

    FOLDED = "naba_folded"
    LETTERS = "naba_letters"


# Lower case (Latin names), digits of the three systems, then hamza on alef, final ya and ta
# marbuta. Before stop words and stems, not after as in the stock chain: there a marked or
# hamza-less particle escapes the stop list.
NORMALISED: Final = ("lowercase", "decimal_digit", "arabic_normalization")

# A conjunction before an article, which the stock stemmer takes off only for و: فالرئيس, وبالرئيس,
# وللرئيس. The three letters that must follow keep والد and والي whole.
CONJUNCTION_PATTERN: Final = (
    f"^{one_of(map(escaped, CONJUNCTIONS))}(?={any_of(map(escaped, ARTICLES))}\\p{{L}}{{3}})"
)

# Words of a body that count as its lead, where a news story says what it is about: 25 is better for
# news and worse for encyclopedia text, 100 the other way round.
LEAD_WORDS: Final = 50

# Three letters are as long as an Arabic root. Two or four gained a third to a half of what three do
# on ARCD.
GRAM_LENGTH: Final = 3

# A query asks for each gram with an analyser of its own: of several terms at one place
# Elasticsearch would make one blended term. Four reach the sixth letter of a stem; more gained
# nothing.
QUERY_GRAMS: Final = (
    Analyzer.FIRST_GRAM,
    Analyzer.SECOND_GRAM,
    Analyzer.THIRD_GRAM,
    Analyzer.FOURTH_GRAM,
)

# What stands in the view of roots for a word whose root is not known: the beginning of its stem.
ROOT_BEGINNING: Final = 4

FIRST_WORDS: Final = "naba_first_words"
CONJUNCTION: Final = "naba_conjunction"
PRONOUN: Final = "naba_pronoun"
PRONOUN_AFTER_HAMZA: Final = "naba_pronoun_after_hamza"
PARTICLE_BEFORE_PRONOUN: Final = "naba_particle_before_pronoun"
LIGHT_STEM: Final = "naba_light_stem"
BEGINNING: Final = "naba_beginning"
TRIGRAMS: Final = "naba_trigrams"
NO_LONGER: Final = "naba_no_longer"
NOT_EMPTY: Final = "naba_not_empty"
ALL_VIEWS: Final = "naba_views"
STEM_AND_LEMMA: Final = "naba_stem_and_lemma"


def _lexicon(view: View) -> str:
    return f"naba_lexicon_{view}"


def _rules(view: View) -> list[str]:
    """The rules of one view: those of names, whose words the lexicon leaves to them, and the
    lexicon's.

    No names in the view of roots: it only ranks, and there the roots of names help a little. One
    list a view, for looking words up is much of the work of indexing: names in a filter of their
    own made loading an eighth slower.
    """
    names = () if view == "root" else lexicon_rules("names")
    return [*names, *lexicon_rules(view)]


def _chain(view: View) -> list[str]:
    """The filters of one view: the lexicon's rule for the word, else what the light stemmer makes
    of it.

    A rule marks its word as done, so the stemmer and the cut after it leave it alone. Pronouns are
    taken off in the view of lemmas alone: the stem still holds what only looks like one.
    """
    pronouns = [PARTICLE_BEFORE_PRONOUN, PRONOUN_AFTER_HAMZA, PRONOUN] if view == "lemma" else []
    beginning = [BEGINNING] if view == "root" else []
    return [_lexicon(view), CONJUNCTION, *pronouns, LIGHT_STEM, *beginning]


def _views(*views: View) -> Definition:
    """Several views of a word at its place, each once."""
    return {
        "type": "multiplexer",
        "preserve_original": False,
        "filters": [", ".join(_chain(view)) for view in views],
    }


def _replaced(pattern: str, replacement: str = "") -> Definition:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}


def _nth_gram(analyzer: str) -> str:
    return f"{analyzer}_letters"


def _custom(char_filter: str, *filters: str) -> Definition:
    return {
        "type": "custom",
        "tokenizer": "standard",
        "char_filter": [char_filter],
        "filter": list(filters),
    }


def char_filters() -> Definition:
    """The character tables as `mapping` char filters."""
    return {
        CharFilter.FOLDED: {"type": "mapping", "mappings": mapping_rules(folding_table())},
        CharFilter.LETTERS: {"type": "mapping", "mappings": mapping_rules(letters_table())},
    }


def token_filters() -> Definition:
    """The token filters."""
    return {
        FIRST_WORDS: {"type": "limit", "max_token_count": LEAD_WORDS},
        CONJUNCTION: _replaced(CONJUNCTION_PATTERN),
        PARTICLE_BEFORE_PRONOUN: _replaced(PARTICLE_BEFORE_PRONOUN_PATTERN),
        PRONOUN_AFTER_HAMZA: _replaced(PRONOUN_AFTER_HAMZA_PATTERN, HAMZA),
        PRONOUN: _replaced(PRONOUN_PATTERN),
        LIGHT_STEM: {"type": "stemmer", "language": "arabic"},
        **{_lexicon(view): {"type": "stemmer_override", "rules": _rules(view)} for view in VIEWS},
        ALL_VIEWS: _views(*VIEWS),
        STEM_AND_LEMMA: _views("stem", "lemma"),
        BEGINNING: {"type": "truncate", "length": ROOT_BEGINNING},
        # The original is kept of stems that are too short for a gram, and of long ones, which the
        # length leaves out.
        TRIGRAMS: {
            "type": "ngram",
            "min_gram": GRAM_LENGTH,
            "max_gram": GRAM_LENGTH,
            "preserve_original": True,
        },
        NO_LONGER: {"type": "length", "max": GRAM_LENGTH},
        # A stem that is too short for this gram becomes empty here and is left out by the length.
        # One that is too short for any is its own first gram.
        **{
            _nth_gram(gram): {
                "type": "pattern_replace",
                "pattern": f"^(?:.{{{place}}}(.{{{1 if place == 0 else GRAM_LENGTH},"
                f"{GRAM_LENGTH}}}).*|.*)$",
                "replacement": "$1",
            }
            for place, gram in enumerate(QUERY_GRAMS)
        },
        NOT_EMPTY: {"type": "length", "min": 1},
        # Word pairs and triples let the phrase suggester weigh a correction by its neighbours.
        "naba_shingle": {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 3},
    }


def analyzers() -> Definition:
    """Every analyser by name. Stop words stay in the index (phrases need them); the query builder
    leaves them out.
    """
    folded = CharFilter.FOLDED
    return {
        Analyzer.INDEX: _custom(folded, *NORMALISED, ALL_VIEWS),
        Analyzer.PLAIN: _custom(folded, *NORMALISED),
        Analyzer.STEM: _custom(folded, *NORMALISED, *_chain("stem")),
        Analyzer.LEMMA: _custom(folded, *NORMALISED, *_chain("lemma")),
        Analyzer.ROOT: _custom(folded, *NORMALISED, *_chain("root")),
        Analyzer.STEM_OR_LEMMA: _custom(folded, *NORMALISED, STEM_AND_LEMMA),
        Analyzer.LEAD: _custom(folded, FIRST_WORDS, *NORMALISED, *_chain("lemma")),
        Analyzer.GRAMS: _custom(folded, *NORMALISED, *_chain("stem"), TRIGRAMS, NO_LONGER),
        **{
            gram: _custom(folded, *NORMALISED, *_chain("stem"), _nth_gram(gram), NOT_EMPTY)
            for gram in QUERY_GRAMS
        },
        # Latin capitals and digit systems are typing, not spelling: they fold even here.
        Analyzer.LETTERS: _custom(CharFilter.LETTERS, "lowercase", "decimal_digit"),
        Analyzer.SHINGLES: _custom(folded, *NORMALISED, "naba_shingle"),
    }


def analysis_settings() -> Definition:
    """The `analysis` part of the index settings."""
    return {"char_filter": char_filters(), "filter": token_filters(), "analyzer": analyzers()}
