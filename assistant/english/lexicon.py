"""What kinds of word a written form can be, and what it is a form of, from a dictionary that comes with its data.

The dictionary (LemmInflect's, from the SPECIALIST lexicon) is loaded when the first word is looked up: about one
second and 60 MB. It knows forms, not contexts: "like" is a verb and an adjective, wherever it stands.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.english.words import AUXILIARIES, EMPTY, GRAMMAR, NUMBERS, is_contraction

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
# Forms that the dictionary lists although hardly anybody uses them so; as these they mislead.
_RARE = {
    "music": {"NNS"}, "film": {"VB", "VBP"}, "films": {"VBZ"}, "scene": set(), "people": {"VB", "VBP"},
    "man": {"VB", "VBP"}, "voice": {"VB", "VBP"}, "story": set(), "slow": {"VB", "VBP"}, "best": {"VB", "VBP"},
    "quiet": {"VB", "VBP"}, "warm": {"VB", "VBP"}, "better": {"VB", "VBP"}, "mother": {"VB", "VBP"},
    "father": {"VB", "VBP"}, "sun": {"VB", "VBP"}, "house": {"VB", "VBP"}, "room": {"VB", "VBP"},
    "total": {"VB", "VBP"}, "long": {"VB", "VBP", "NN", "NNS"},
    "down": {"VB", "VBP", "NN", "JJ"}, "well": {"VB", "VBP", "NN"},
    "still": {"VB", "VBP", "NN"}, "even": {"VB", "VBP"}, "just": {"JJ"}, "cool": {"VB", "VBP"}, "wet": {"VB", "VBP"},
    "sad": set(), "mean": set(), "minute": {"VB", "VBP"}, "hour": set(), "hand": {"VB", "VBP"},
}  # fmt: skip
# Everyday words that the dictionary has as names alone, or lacks while somebody is called so.
_EVERYDAY_TOO = frozenset("burger burgers dada dick fisher morrow rapper zest ing eve nan willy".split())
# What the dictionary lacks although it is no name: pronouns, prepositions, clipped forms, calls.
_UNLISTED = frozenset(
    "everybody everyone everything anybody anyone anything somebody someone something none each every neither both all "
    "any some many such another whichever beneath amid amongst despite versus per til gonna wanna gotta kinda sorta "
    "dunno lemme gimme gotcha whatnot anyways hey hi bye nah huh ugh yay ooh aww whoa lol omg".split()
)


def load() -> None:
    """Load the dictionary, so that it doesn't happen while somebody waits."""
    forms("film")


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[tuple[str, str]]:
    """What a word can be: pairs of dictionary form and tag (Penn Treebank: "VBD", "NNS", "JJ"); none where unknown."""
    import lemminflect

    rare = _RARE.get(word, set())
    found = {
        (lemma, tag)
        for kind, lemmas in lemminflect.getAllLemmas(word).items()
        for lemma in lemmas
        for tag, spellings in lemminflect.getAllInflections(lemma, upos=kind).items()
        if word in spellings and tag not in rare
    }
    # "loved" is listed as a past tense alone where both forms are the same.
    found |= {(lemma, "VBN") for lemma, tag in found if tag == "VBD" and word.endswith("ed")}
    return frozenset(found)


@lru_cache(maxsize=4096)
def lemmas_of(word: str) -> frozenset[str]:
    """The dictionary forms that a word can be a form of; the word itself where the dictionary doesn't know it."""
    return frozenset(lemma for lemma, _ in forms(word)) or frozenset((word,))


@lru_cache(maxsize=4096)
def tags_of(word: str) -> frozenset[str]:
    """The tags that a word can have; none where the dictionary doesn't know it."""
    return frozenset(tag for _, tag in forms(word))


def is_known(word: str) -> bool:
    """Whether the dictionary has the word in small letters, as it has no names."""
    return bool(forms(word))


@lru_cache(maxsize=4096)
def is_proper(word: str) -> bool:
    """Whether the dictionary has the word with a capital alone ("paris", "italians"; not "china")."""
    import lemminflect

    in_small_letters = word in _EVERYDAY_TOO or bool(lemminflect.getAllLemmas(word))
    return not in_small_letters and bool(lemminflect.getAllLemmas(word, "PROPN"))


def is_everyday(word: str) -> bool:
    """Whether a word is said as something else than a name."""
    return any(word in words for words in (GRAMMAR, NUMBERS, EMPTY, _EVERYDAY_TOO, _UNLISTED)) or is_known(word)


@lru_cache(maxsize=4096)
def can_be_finite(word: str) -> bool:
    """Whether a word can be the verb of a clause ("cried", "gives", "isn't", "it's")."""
    return word in AUXILIARIES or is_contraction(word) or not _FINITE.isdisjoint(tags_of(word))


def is_past(word: str) -> bool:
    """Whether a word can be a past tense."""
    return "VBD" in tags_of(word)


def can_be_noun(word: str) -> bool:
    """Whether a word can be a noun; a word that the dictionary doesn't know can, as a name."""
    tags = tags_of(word)
    return not tags or "NN" in tags or "NNS" in tags


def can_be_adjective(word: str) -> bool:
    """Whether a word can be an adjective, in any degree, or a participle used as one."""
    return not tags_of(word).isdisjoint(("JJ", "JJR", "JJS", "VBN"))


def can_be_adverb(word: str) -> bool:
    """Whether a word can be an adverb, in any degree."""
    return not tags_of(word).isdisjoint(("RB", "RBR", "RBS"))
