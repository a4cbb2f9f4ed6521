"""Which sides of a film a sentence speaks of, by its words."""

from __future__ import annotations

import re

from assistant.english.normalise import words_of

ASPECTS = ("feeling", "story", "performances", "direction", "picture", "music", "again", "meaning")
"""The sides of a film, in the order in which a review takes them up."""

# Commas part the entries; a star stands for any ending.
_KEYWORDS = {
    "feeling": """
        feel, feels, feeling, feelings, felt, emotion*, cry, cries, cried, crying, tear, tears, wept, weep*, sob,
        sobb*, laugh*, smil*, sad, sadder, saddest, sadness, happy, happier, happiness, joy*, moved, moving,
        touched, touching, heart, hearts, heartb*, hurt, hurts, hurting, lonely, loneliness, alone, scared, scary,
        afraid, terrif*, angry, anger, comfort*, warmth, hopeful, hopeless, devastat*, overwhelm*, melanchol*,
        nostalg*, tender*, shaken, upset, bored, boring, excited, exciting, got to me, hit me, hits me, stayed with
        me, stays with me, goosebumps, broke me, lump in my throat
        """,
    "story": """
        story, stories, storyline, plot*, script*, screenplay*, screenwrit*, twist*, ending, endings, dialogue*,
        premise, narrat*, character, characters, scene, scenes, hero, heroine, villain*, protagonist*, chapter*,
        written, writing, writes letters, about a man, about a woman, about a guy, about a girl, about a boy, about
        this man, about this woman, about this guy, falls in love, falling in love, fall in love, fell in love, set
        in, at the end, in the end, at the beginning
        """,
    "performances": """
        act, acted, acting, actor*, actress*, perform*, cast, casting, role, roles, plays, is played, was played, he
        played, she played, they played, who played, played by, voice, voices, chemistry, face, faces, expression*,
        accent*, delivery, believable, convincing
        """,
    "direction": """
        direct, directs, directed, directing, direction, director*, filmmak*, pacing, paced, pace, slow, slowly,
        edit, edited, editing, editor*, tempo, timing, tension, suspense, tone, staged, staging
        """,
    "picture": """
        picture, pictures, visual*, looks beautiful, looked beautiful, cinematograph*, camera*, colour*, color*,
        light, lights, lighting, lit, shot, shots, framed, framing, image, images, imagery, costume*, scenery,
        landscape*, city, skyline*, effects, animation, animated, pretty to look, eye candy, black and white, red,
        orange, blue, green, pink, yellow
        """,
    "music": """
        music, musical*, score, scores, soundtrack*, song, songs, sing, sings, singing, sang, sound, sounds, piano,
        guitar*, violin*, orchestra*, melod*, tune, tunes, composer*, silence, silent, quiet, quietly, loud
        """,
    "again": """
        see it again, seen it again, saw it again, watch it again, watched it again, watching it again, see it
        twice, saw it twice, seen it twice, see this again, watch this again, rewatch*, second time, third time,
        second viewing, another time, once more, every year, recommend*
        """,
    "meaning": """
        meant, meaning, meaningful, means to me, means a lot, mean to me, remind*, relate to, related to, my life,
        my own, my mother, my father, my mum, my mom, my dad, my brother, my sister, my wife, my husband, my
        girlfriend, my boyfriend, my ex, my friend, my friends, my family, my kids, my son, my daughter, my
        marriage, i used to, i learned, i learnt, i realised, i realized, taught me, made me think, makes me think,
        makes you think, important, message, lesson*, symbol*, theme, themes, metaphor*, society, humanity
        """,
}
_ROMANCE = """
    romance*, romantic*, relationship*, marriage*, married, divorce*, wife, husband, girlfriend*, boyfriend*, lover,
    lovers, couple, couples, kiss*, wedding*, intima*, companion*, heartb*, crush, affair, in love, love story, love
    stories, about love, of love, for love, true love, first love, lost love, love letter*, being loved, loves her,
    loves him, loved her, loved him, break up, breaking up, broke up, dating
    """
_COMPARISON = re.compile(
    r"\b(?:(?:better|worse|longer|shorter|sadder|funnier|warmer|slower) than|compared (?:to|with)|unlike|similar to"
    r"|reminds? me of (?:the|that|a|another) (?:film|movie|book)|reminded me of (?:the|that|a|another) "
    r"(?:film|movie|book)|(?:the|his|her|their) (?:other|first|last|earlier) (?:film|films|movie|movies|one)"
    r"|than the (?:book|play|novel|original)|like (?:other|his other|her other|most) (?:films|movies))\b"
)
_JUDGEMENT = re.compile(
    r"\b(?:masterpiece|overrated|underrated"
    r"|(?:favou?rite|best|worst|greatest|finest)(?: (?!of\b|in\b|about\b)\w+){0,3} (?:films?|movies?|ever|year)"
    r"|(?:love|loved|adore|adored|hate|hated|like|liked|enjoyed) (?:this|the|that) (?:film|movie)"
    r"|(?:beautiful|wonderful|brilliant|terrible|awful|great|perfect|good|bad|lovely|strange) (?:film|movie))\b"
)


def aspects_of(text: str) -> set[str]:
    """The sides of a film that `text` speaks of: a subset of `ASPECTS`; empty where none is recognised.

    Goes by words and stems alone, so it costs microseconds and needs no punctuation.
    """
    plain = " ".join(words_of(text))
    return {aspect for aspect, pattern in _PATTERNS.items() if pattern.search(plain)}


def is_romantic(text: str) -> bool:
    """Whether `text` speaks of love between people, or of a relationship."""
    return _ROMANTIC.search(" ".join(words_of(text))) is not None


def judges_film(text: str) -> bool:
    """Whether `text` says what the film as a whole is worth ("my favourite film", "a masterpiece")."""
    return _JUDGEMENT.search(" ".join(words_of(text))) is not None


def compares(text: str) -> bool:
    """Whether `text` sets the film beside another, or beside the book."""
    return _COMPARISON.search(" ".join(words_of(text))) is not None


def _pattern(keywords: str) -> re.Pattern[str]:
    entries = [re.escape(" ".join(entry.split())).replace(r"\*", r"\w*") for entry in keywords.split(",")]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(entries)})(?![\w])")


_PATTERNS = {aspect: _pattern(keywords) for aspect, keywords in _KEYWORDS.items()}
_ROMANTIC = _pattern(_ROMANCE)
