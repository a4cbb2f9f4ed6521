"""How English words sound, roughly: enough to see that "in hair and vice" is "Inherent Vice".

A word becomes a string of sounds by spelling rules, read left to right, the first that fits. Each sound is then written
as several letters, shared by sounds that are mistaken for each other, so that an ordinary edit distance between such
strings weighs a "b" for a "p" less than an "m" for an "s", and a vowel less than a consonant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_VOWEL = "[aeiouy]"
_CONSONANT = "[bcdfghjklmnpqrstvwxz]"

_RULES: tuple[tuple[str, str], ...] = (
    # Beginnings.
    (r"^(?:kn|gn|pn|mn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"^pt", "t"),
    (r"^x", "z"),
    (r"^wh(?=o(?!a|e|i))", "h"),
    (r"^one(?=s?$)", "wun"),
    (r"^once$", "wuns"),
    (r"^eye(?=s?$)", "I"),
    (r"^eu", "yU"),
    (r"^mc(?=[^eiy])", "mak"),
    (r"^mc", "mak"),
    # Endings.
    (r"(?:t|s|c)ious$", "Sas"),
    (r"(?:s|t|ss|c)ion(?=s?$|al|ed|er|ing)", "Sun"),
    (r"[ct]ia(?=l|n)", "Sa"),
    (r"sure$", "Sr"),
    (r"ture(?=s?$|d)", "cr"),
    (r"(?:ous|us)$", "us"),
    (r"que(?=s?$)", "k"),
    (r"gue(?=s?$)", "g"),
    (r"(?<=[td])ed$", "id"),
    (r"(?<=[pkfsxhc])ed$", "t"),
    (r"(?<=" + _CONSONANT + r")ed$", "d"),
    (r"(?<=" + _CONSONANT + r")le(?=s?$)", "l"),
    (r"(?<=" + _CONSONANT + r")re$", "r"),
    (r"(?<=[szxcg])es$", "iz"),
    (r"mb(?=$|s$|ing|er)", "m"),
    (r"mn$", "m"),
    (r"gn(?=s?$|ed|ing)", "n"),
    # Groups of letters.
    (r"tch", "c"),
    (r"sch(?=" + _VOWEL + ")", "sk"),
    (r"sch", "S"),
    (r"chr", "kr"),
    (r"chl", "kl"),
    (r"ch", "c"),
    (r"ck", "k"),
    (r"c(?=[eiy])", "s"),
    (r"cc(?=[eiy])", "ks"),
    (r"cc?", "k"),
    (r"ph", "f"),
    (r"th", "T"),
    (r"sh", "S"),
    (r"sc(?=[eiy])", "s"),
    (r"ss", "s"),
    (r"wh", "w"),
    (r"augh(?=t)", "o"),
    (r"ough(?=t)", "o"),
    (r"(?<=r)ough$", "u"),
    (r"(?<=th)ough$", "O"),
    (r"(?<=thr)ough$", "U"),
    (r"(?:e|t)?nough", "nuf"),
    (r"ough", "of"),
    (r"augh", "af"),
    (r"eigh", "A"),
    (r"aigh", "A"),
    (r"igh", "I"),
    (r"gh(?=" + _VOWEL + ")", "g"),
    (r"gh", ""),
    (r"dge?(?=[eiy]|$|s|m)", "j"),
    (r"gg", "g"),
    (r"^g(?=ir|et|iv|if|ea|ee|iu|ho)", "g"),
    (r"g(?=[eiy])", "j"),
    (r"g", "g"),
    (r"ng(?=$|s$|ing|er)", "N"),
    (r"n(?=k)", "N"),
    (r"qu", "kw"),
    (r"q", "k"),
    (r"x", "ks"),
    (r"zz?", "z"),
    (r"(?<=[aeiouylmnrbdgvw])s$", "z"),
    (r"(?<=[aeiouy])s(?=e|y$|i)", "z"),
    (r"bb?", "b"),
    (r"dd?", "d"),
    (r"ff?", "f"),
    (r"h(?=" + _VOWEL + ")", "h"),
    (r"h", ""),
    (r"j", "j"),
    (r"kk?", "k"),
    (r"(?<=[ao])l(?=k|m)", ""),
    (r"ll?", "l"),
    (r"mm?", "m"),
    (r"nn?", "n"),
    (r"pp?", "p"),
    (r"rrh|rh|rr?", "r"),
    (r"s", "s"),
    (r"tt?", "t"),
    (r"vv?", "v"),
    (r"w(?=" + _VOWEL + ")", "w"),
    (r"w", ""),
    # Vowels before r.
    (r"(?:ear|eer|ier|ere)(?=$|s$|d|i)", "ir"),
    (r"(?:air|ayer|are)(?=$|s$|d)", "er"),
    (r"(?:ear|err|er|ir|ur|yr)(?=" + _CONSONANT + "|$)", "r"),
    (r"(?:oor|oar|our|ore|or)", "or"),
    (r"ar", "ar"),
    # Vowels.
    (r"(?:ai|ay|ei|ey(?=.)|ea(?=k$))", "A"),
    (r"(?:ee|ie(?=.)|ea|ey$|eo(?=p))", "i"),
    (r"(?<=" + _VOWEL + _CONSONANT + r")(?:ie|y|i|ee)$", "i"),
    (r"(?:^|(?<=^.)|(?<=^..))(?:ie|y|uy|ye)$", "I"),
    (r"(?:oi|oy)", "Y"),
    (r"(?:ou(?=[ndstcl])|ow(?=n|d|e|l))", "W"),
    (r"(?:oa|ow|oe)", "O"),
    (r"(?:oo|ou|ui|ue|ew|eu)", "U"),
    (r"(?:au|aw)", "o"),
    (r"a(?=" + _CONSONANT + r"e(?:s|d)?$)", "A"),
    (r"e(?=" + _CONSONANT + r"e(?:s|d)?$)", "i"),
    (r"i(?=(?:" + _CONSONANT + r")e(?:s|d)?$|nd$|ld$|gn$)", "I"),
    (r"o(?=" + _CONSONANT + r"e(?:s|d)?$|ld|st$)", "O"),
    (r"u(?=" + _CONSONANT + r"e(?:s|d)?$)", "U"),
    (r"(?<=.)e(?:(?=s$)|$)", ""),
    (r"(?:^i$)", "I"),
    (r"(?<=^.)e$", "i"),
    (r"o$", "O"),
    (r"u$", "U"),
    (r"a", "a"),
    (r"e", "e"),
    (r"i", "i"),
    (r"o", "o"),
    (r"u", "u"),
    (r"y(?=" + _VOWEL + ")", "y"),
    (r"y", "i"),
)
"""Spelling, and its sounds: p b t d k g f v T (th) s z S (sh) c (ch) j m n N (ng) l r w y h, the short vowels
a e i o u, and A (day) I (eye) O (go) U (too) W (how) Y (boy)."""

_BY_EAR = {
    "a": "a", "the": "T", "to": "tU", "two": "tU", "too": "tU", "do": "dU", "who": "hU", "you": "yU", "be": "bi",
    "he": "hi", "me": "mi", "we": "wi", "she": "Si", "of": "uv", "was": "wuz", "is": "iz", "his": "hiz", "as": "az",
    "eight": "At", "ocean": "OSun", "said": "sed", "says": "sez", "busy": "bizi", "women": "wimin", "sure": "Sr",
    "sugar": "Sugr", "island": "Iland", "isle": "Il", "aisle": "Il", "heart": "hart", "blood": "blud",
    "flood": "flud", "love": "luv", "glove": "gluv", "above": "abuv", "come": "kum", "some": "sum", "done": "dun",
    "none": "nun", "gone": "gon", "give": "giv", "live": "liv", "have": "hav", "great": "grAt", "bear": "ber",
    "wear": "wer", "pear": "per", "where": "wer", "there": "Ter", "their": "Ter", "hour": "Wr", "honest": "onist",
    "heir": "er", "ghost": "gOst", "door": "dor", "four": "for", "your": "yor", "colonel": "krnl", "choir": "kwIr",
    "school": "skUl", "echo": "ekO", "chaos": "kAos", "ache": "Ak", "chef": "Sef", "machine": "maSin",
    "people": "pipl", "friend": "frend", "dead": "ded", "head": "hed", "bread": "bred", "death": "deT",
    "breath": "breT", "heaven": "hevn", "weather": "weTr", "son": "sun", "won": "wun", "ton": "tun",
    "front": "frunt", "month": "munT", "other": "uTr", "mother": "muTr", "brother": "bruTr", "another": "anuTr",
    "wolf": "wulf", "woman": "wumn", "hair": "her", "her": "hr", "our": "Wr", "find": "fInd", "bye": "bI",
    "guy": "gI", "buy": "bI", "high": "hI", "lie": "lI", "pi": "pI", "hi": "hI", "young": "yuN",
    "country": "kuntri", "double": "dubl", "trouble": "trubl", "touch": "tuc", "cousin": "kuzn", "move": "mUv",
    "prove": "prUv", "lose": "lUz", "whose": "hUz", "shoe": "SU", "canoe": "kanU", "queue": "kyU", "eyes": "Iz",
    "sword": "sord", "answer": "ansr", "wednesday": "wenzdA", "castle": "kasl", "listen": "lisn", "knight": "nIt",
    "knights": "nIts", "though": "TO", "through": "TrU", "thorough": "Tro",
}  # fmt: skip
"""Common words that no rule fits."""

_RULE = re.compile("|".join(f"({pattern})" for pattern, _ in _RULES))
_SOUNDS = tuple(sounds for _, sounds in _RULES)

_WRITTEN = str.maketrans({
    # Consonants share their manner, their place, and twice what is left when the voice is taken from them.
    "p": "QBBp", "b": "QBBb", "t": "QDDt", "d": "QDDd", "k": "QGGk", "g": "QGGg", "c": "QCCc", "j": "QCCj",
    "T": "XZDT", "f": "XFFf", "v": "XFFv", "s": "XSSs", "z": "XSSz", "S": "XCCS",
    "m": "MOOm", "n": "MNNn", "N": "MNNN", "l": "LKKl", "r": "LRRr", "w": "LWw", "y": "LYy", "h": "Hh",
    # Vowels share with their neighbours in the mouth.
    "i": "eepi", "A": "eepq", "e": "eeq7", "a": "eea7", "u": "eeau", "o": "eeao", "O": "eeoO", "U": "eeUO",
    "I": "eeaI", "W": "eeaW", "Y": "eeoY",
})  # fmt: skip


@lru_cache(maxsize=4096)
def sounds_of(word: str) -> str:
    """The sounds of a lower-case word of the letters a to z, as few as one; see the source for the alphabet."""
    if word in _BY_EAR:
        return _BY_EAR[word]
    found = "".join(_SOUNDS[(match.lastindex or 1) - 1] for match in _RULE.finditer(word))
    return found or word


def distance_key(sounds: str) -> str:
    """Sounds in the spelling that distances are taken between; several words may be given at once."""
    return sounds.replace("tr", "cr").replace("dr", "jr").translate(_WRITTEN)


def sound_of(words: Sequence[str]) -> str:
    """The sound of words run together, in the spelling that distances are taken between."""
    return "".join(distance_key(sounds_of(word.replace("'", ""))) for word in words)


def likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """How alike two runs of words are, 0 to 1; the better of sound and spelling counts.

    Where one word ends and the next begins makes no difference to the sound: "a lone" is "alone".
    """
    spelling = fuzz.ratio(" ".join(words), " ".join(others)) / 100
    return max(spelling, Levenshtein.normalized_similarity(sound_of(words), sound_of(others)))
