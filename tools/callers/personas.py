"""Who calls, what they say, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Persona:
    """A person with their habits.

    Attributes
    ----------
    name : str
    answers : mapping of str to tuple of str
        What they say to each question, the first time, the second time, …; after the last "about" they say "that's
        all". "<1.5>" is a pause of 1.5 s.
    speed : float
        How fast they speak; 1 is the voice's own pace.
    level_db : float
        How much louder than usual.
    accent : bool
        Whether they speak English with another language's sounds.
    asks_back : bool
        Whether they ask what is meant, once at each question that they have to think about.
    leaves_after : int or None
        After this many answers they are gone.
    over : tuple of (str, str, float)
        What they say over prompts: the beginning of the prompt, the words, and how many seconds after its start.
    television_db : float or None
        Level of a television in the room, compared with the person; None for none.
    ends : "sent" or "abandoned"
    title : str
    stars : float or None
        What has to be understood.
    """

    name: str
    answers: Mapping[str, tuple[str, ...]]
    speed: float = 1.0
    level_db: float = 0.0
    accent: bool = False
    asks_back: bool = False
    leaves_after: int | None = None
    over: tuple[tuple[str, str, float], ...] = ()
    television_db: float | None = None
    ends: Literal["sent", "abandoned"] = "sent"
    title: str = "Paterson"
    stars: float | None = 4.0


_PLAIN = {
    "romance": ("I would say that I'm romantic.",),
    "voice": ("An introspective voice, please.",),
    "emotional_movies": ("I love them, and I cry at nearly every one of them.",),
    "film": ("Paterson.",),
    "about": (
        "I loved how quiet it is. He drives a bus, and he writes poems about matches.",
        "The dog made me laugh. I was sad about the notebook for days.",
        "The music is very soft. I would see it again with my sister.",
    ),
    "stars": ("Four stars.",),
}


def _with(**answers: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {**_PLAIN, **answers}


_RAMBLE = (
    "Well, I saw it on a Tuesday, and I was tired, and my sister had told me about it for weeks. <0.7> So I sat down "
    "with a cup of tea, and I thought that nothing would happen. <0.8> And nothing does happen, really. <0.6> He gets "
    "up, he drives his bus, he listens to the people behind him. <0.9> But after half an hour I noticed that I was "
    "smiling, and I didn't know why.",
    "There is this waterfall where he eats his lunch. <0.7> I used to have a place like that, behind the school where "
    "I worked. <0.8> And then the dog eats the notebook, and I was really angry with that dog. <0.6> My sister laughed "
    "at me, because I wouldn't speak to her for an hour.",
)

PERSONAS: Mapping[str, Persona] = {
    persona.name: persona
    for persona in (
        Persona("plain", _PLAIN),
        Persona("rambler", _with(about=_RAMBLE)),
        Persona(
            "one-word",
            {
                "romance": ("Romantic.",),
                "voice": ("Funny.",),
                "emotional_movies": ("Difficult.",),
                "film": ("Paterson.",),
                "about": ("Touching.", "Quiet.", "Beautiful.", "Lonely.", "Yes."),
                "stars": ("Four.",),
            },
        ),
        Persona(
            "thinker",
            _with(
                emotional_movies=("I think they are, <1.4> well, they are good for me.",),
                about=(
                    "It made me think of, <1.8> of my father. He drove a bus, <2.6> and he never said a word about it.",
                    "What I liked is, <1.2> um, <1.0> that nobody shouts. The bar is warm, <3.0> and the dog is awful.",
                ),
            ),
        ),
        Persona(
            "interrupter",
            _PLAIN,
            over=(
                ("How would you describe", "Sorry, what was the question?", 0.6),
                ("What did Paterson do", "I loved how quiet it is.", 1.4),
                ("Please wait", "I also liked the bar.", 0.8),
            ),
        ),
        Persona("mumbler", _PLAIN, speed=1.15, level_db=-20.0),
        Persona(
            "second-language",
            _with(
                emotional_movies=("I am liking them very much, I always must cry.",),
                about=(
                    "He is driving with the bus, and he write small poems. This has touched me.",
                    "The dog is very funny. I was thinking since three days about the notebook.",
                ),
            ),
            speed=0.9,
            accent=True,
        ),
        Persona("leaver", _PLAIN, leaves_after=5, ends="abandoned", stars=None),
        Persona("asker", _PLAIN, asks_back=True),
        Persona("television", _PLAIN, television_db=-15.0),
    )
}

ASKING_BACK: Mapping[str, str] = {
    "romance": "What do you mean?",
    "voice": "What does introspective mean?",
    "emotional_movies": "Could you explain that?",
    "film": "How long will this take?",
    "stars": "Can you repeat the question?",
}

BROADCAST = (
    "And in other news, the harbour will be closed until Thursday. The weather stays mild in the north, with showers "
    "in the afternoon. Our next guest has written a book about bridges. She says that most of them are older than we "
    "think. Stay with us, we will be back after a short break with the results of the evening."
)
