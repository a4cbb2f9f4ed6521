"""Which utterances are commands while the review is dictated, and which are words of the review."""

from __future__ import annotations

import pytest

from assistant.editing.intents import EditIntent as Intent
from assistant.editing.parse import escaped, nearest, parse_command
from assistant.editing.phrases import expand, phrases

TEXT = (
    "I watched it alone, late at night. The rain on the window looked sad, and the music made me cry. "
    "Samantha never lies to him. The ending is about the letters he writes. I would see it again with my mother."
)
OTHER = (
    "It's a film about two brothers and a boat. The sea is grey the whole time. I laughed when the dog stole the fish. "
    "The last scene is too long. My father would have loved the old captain."
)

FIXED = {
    Intent.SCRATCH: ["could you take that one out", "right get rid of that one", "scrap that sentence would you",
                    "scratch that", "no, scratch that", "um scratch that please", "delete that", "take that out",
                    "oh no scratch that", "delete that sentence", "scratch this"],
    Intent.UNDO: ["oops undo", "let's undo that", "undo it undo it", "put it back how it was",
                 "undo", "undo that", "okay undo the last change", "put that back", "take that back",
                 "can you undo that"],
    Intent.REDO: ["redo", "redo that", "please redo the last change"],
    Intent.READ_AGAIN: ["read that again", "read it again", "repeat that", "could you read that again please",
                       "read that back to me", "well read the sentence again", "read that one more time"],
    Intent.READ_ALL: ["read the whole thing", "read everything", "read me the whole review",
                     "read it from the beginning", "okay now read the whole thing again", "read the review",
                     "read all of it"],
    Intent.STOP: ["stop", "okay stop", "just stop", "stop reading", "stop there", "hang on", "pause please",
                 "that's enough"],
    Intent.CONTINUE: ["continue", "go on", "please continue", "so continue", "keep reading", "carry on"],
    Intent.DELETE_SENTENCE: ["delete the last sentence", "remove last sentence", "no delete the last sentence please"],
    Intent.DELETE_PARAGRAPH: ["delete the last paragraph", "remove the last paragraph"],
    Intent.MOVE: ["move that to the end", "move it to the end", "put that at the end", "move this sentence to the end"],
    Intent.PARAGRAPH: ["new paragraph", "start a new paragraph", "okay new paragraph", "new paragraph here"],
    Intent.SHORTER: ["make it shorter", "make it a bit shorter", "shorter please", "can you make it shorter"],
    Intent.FUNNIER: ["make it funnier", "make it a little funnier", "make the review funnier"],
    Intent.INTROSPECTIVE: ["make it more introspective", "more introspective please", "make it more thoughtful"],
    Intent.MY_WORDS: ["say that again in my words", "in my own words", "let me say that again", "let me rephrase that"],
    Intent.HELP: ["what can i say", "what can i do", "help", "um what can i say here", "what are the commands"],
    Intent.SEND: ["send review", "send the review", "yes send it", "okay please send my review", "go ahead and send it",
                 "send it now", "then review"],
    Intent.NOT_NOW: ["not now", "no not now", "maybe later", "don't send it", "not yet", "no thank you"],
    Intent.ANOTHER: ["another one", "oh another one", "well okay another one", "give me another one",
                    "another version please", "let me hear another one"],
}  # fmt: skip

# What is said, the order, and its words.
WITH_WORDS = [
    ("replace sad with happy", Intent.REPLACE, {"old": "sad", "new": "happy"}),
    ("replace him with the captain", Intent.REPLACE, {"old": "him", "new": "the captain"}),
    ("replace the letters with the lies we lived", Intent.REPLACE, {"old": "the letters", "new": "the lies we lived"}),
    ("insert because i was tired after alone", Intent.INSERT_AFTER, {"place": "alone", "new": "because i was tired"}),
    ("delete to him", Intent.DELETE, {"old": "to him"}),
    ("hang on delete late at night", Intent.DELETE, {"old": "late at night"}),
    ("i want to replace sad with grey", Intent.REPLACE, {"old": "sad", "new": "grey"}),
    ("can you put a capital on mother", Intent.CAPITALISE, {"old": "mother"}),
    ("replace it with the letter", Intent.REPLACE, {"old": "it", "new": "the letter"}),
    ("no, replace sad with unhappy", Intent.REPLACE, {"old": "sad", "new": "unhappy"}),
    ("replace the rain with the snow please", Intent.REPLACE, {"old": "the rain", "new": "the snow"}),
    ("replace with my mother with with my sister", Intent.REPLACE, {"old": "with my mother", "new": "with my sister"}),
    ("replace sad with happy with him", Intent.REPLACE, {"old": "sad", "new": "happy with him"}),
    ("replace the word cry with weep", Intent.REPLACE, {"old": "cry", "new": "weep"}),
    ("um replace late at night with in the morning", Intent.REPLACE, {"old": "late at night", "new": "in the morning"}),
    ("replace never lies with always lies", Intent.REPLACE, {"old": "never lies", "new": "always lies"}),
    ("change sad to happy", Intent.REPLACE, {"old": "sad", "new": "happy"}),
    ("can you change the music to the silence", Intent.REPLACE, {"old": "the music", "new": "the silence"}),
    ("insert very before sad", Intent.INSERT_BEFORE, {"new": "very", "place": "sad"}),
    ("insert and lonely after sad", Intent.INSERT_AFTER, {"new": "and lonely", "place": "sad"}),
    ("please insert slowly after the rain", Intent.INSERT_AFTER, {"new": "slowly", "place": "the rain"}),
    ("add old before letters", Intent.INSERT_BEFORE, {"new": "old", "place": "letters"}),
    ("delete alone", Intent.DELETE, {"old": "alone"}),
    ("delete late at night", Intent.DELETE, {"old": "late at night"}),
    ("no delete the word again", Intent.DELETE, {"old": "again"}),
    ("remove on the window", Intent.DELETE, {"old": "on the window"}),
    ("take out again", Intent.DELETE, {"old": "again"}),
    ("capitalise letters", Intent.CAPITALISE, {"old": "letters"}),
    ("capitalize mother", Intent.CAPITALISE, {"old": "mother"}),
]  # fmt: skip

# Heard wrong; the words of TEXT that were meant.
MISHEARD = [
    ("replace sat with happy", "sad"),
    ("replace the reign with the snow", "the rain"),
    ("delete late at knight", "late at night"),
    ("delete a lone", "alone"),
    ("insert very before said", "sad"),
    ("capitalise letter", "letters"),
    ("remove on the widow", "on the window"),
    ("replace never lice with always lies", "never lies"),
    ("delete samantha's", "Samantha"),
]

DICTATED = """
it made me cry
i'd send this review to my brother if he could read
send review copies to everyone
i told my sister to send review copies to everyone
they never send it
stop making sequels
stop motion at its best
i wish it would never stop
it doesn't stop there
the music stops and you hear the rain
continue watching and it gets better
i couldn't continue
we all go on somehow
undo the damage he did
he wants to undo that night
you can't undo it all
he tries to redo the whole day
read the book instead
read the room
she reads that again and again
i read that again last year
read the whole thing in a day and then saw the film
i could watch the whole thing again
scratch the surface and there's nothing
scratch that itch
delete your expectations
delete the ending and you have a masterpiece
delete the dog and nobody would care
delete scenes would have helped
replace the dog with a cat and you have my family
replace the music with silence and it's a different film
replace the rain with sunshine and nobody would believe it
can you replace a father with a boat
could you take out the heart of it and still have a film
insert coin to continue
insert your own joke here
insert a song before every kiss
insert joke after the sea is grey and nobody laughs
remove one scene and it all falls apart
remove your shoes
capitalise on the hype
he wants to capitalise on the boat and sell it
move that to the top of my list
move over titanic
i was moved to the end
new paragraph in his life
a new chapter
it opens a new paragraph in the history of film
make it shorter and it would be a classic
they could make it shorter
it should be shorter
i wish they'd make it funnier
it could be funnier
it gets more introspective towards the end
make it make sense
make it stop
what can i say it got me
what can i say about the ending
what can you do
not now not ever
not now but maybe when i'm older
i wasn't ready not then
another one of those endings
another one bites the dust
yet another one about brothers
help is on the way and it never comes
help me understand why
say that again and i'll leave he says
he says it in my words
in my words it was a mess
let me say this it's good
the last sentence is the best
the last sentence he writes broke me
delete the last sentence he says and she does
the last paragraph of the letter
i would delete the last scene
don't send it he says
maybe later they will understand
no thanks to the script
keep it simple
keep it in the family
keep going back to it
go on a journey with him
take that back to the sea
take it out on the captain
put it back in the water
bring tissues
change my mind
change the channel
change sadness to hope that is what it does
add a bit of salt
add popcorn and you're happy
add the dog after the fish and you have a comedy
put family before work
put the captain before the dog and you see the problem
cut to the chase
cut to black
drop everything and see it
drop dead gorgeous
erase and rewind
strike one
swap the boat for a spaceship and it's alien
get rid of the dog he says
capital letters everywhere
read my lips
play it again
pause and think
wait for it
hold on tight
then review it again
literally scratch that
literally the best film i've seen
literally delete the last sentence
okay literally stop
well okay then now send review
no no no scratch that
oh well okay stop
i mean stop
and then another one
just another one
so not now
and then stop
i read that again
he reads that again
a second review
not new
no way back
even funnier
a bit shorter
let me say this
let me put it like this
say it
the whole thing
strike gold
remove the past
no wait please stop
i want another one
tell me another one
capitalise on it
capitalise on him
delete of it
strike one
add it up after all
put him before it
so good
loved it
too long
a bit too long
much shorter than i thought
sad but true
the sea
grey
four stars
the end
good sound
my father
see it
see it again
watch it twice
again and again
never again
once more with feeling
one more thing
later she leaves him
not yet anyway
and then it stops
yes
no
i don't know
maybe
it isn't funny
funnier than the first
it's ready to break your heart
undoing is the theme
continuing the story
sending letters
a different one from the book
the other brother
try again next time
they try again
let me hear the sea
you can send it up but you can't hate it
he can't say it again
forget that
""".strip().splitlines()  # fmt: skip


@pytest.mark.parametrize(("order", "said"), [(order, said) for order, every in FIXED.items() for said in every])
def test_an_order_is_understood_in_its_wordings_with_manners_and_lead_ins(order: Intent, said: str):
    command = parse_command(said, TEXT)
    assert command is not None
    assert command.order is order
    assert command.arguments == {}


@pytest.mark.parametrize(("said", "order", "words"), WITH_WORDS)
def test_the_words_of_an_order_are_told_apart(said: str, order: Intent, words: dict[str, str]):
    command = parse_command(said, TEXT)
    assert command is not None
    assert command.order is order
    assert command.arguments == words


@pytest.mark.parametrize("said", [said for said, _ in MISHEARD])
def test_words_that_sound_like_those_of_the_review_are_taken_for_them(said: str):
    assert parse_command(said, TEXT) is not None


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("then review", Intent.SEND),
        ("sand review", Intent.SEND),
        ("reed that again", Intent.READ_AGAIN),
        ("not know", Intent.NOT_NOW),
        ("it was lovely", None),
        ("i told them to send review copies", None),
        ("the end", None),
        ("", None),
    ],
)
def test_a_misheard_command_is_taken_for_the_one_it_resembles(said: str, order: Intent | None):
    command = parse_command(said, TEXT)
    assert (command.order if command else None) is order


@pytest.mark.parametrize("said", DICTATED)
def test_what_is_said_about_a_film_is_no_command(said: str):
    assert parse_command(said, TEXT) is None
    assert parse_command(said, OTHER) is None


def test_an_order_about_words_that_the_review_does_not_have_is_none():
    assert parse_command("delete the elephant", TEXT) is None
    assert parse_command("replace the elephant with a mouse", TEXT) is None


def test_literally_keeps_a_command_as_text_and_any_other_sentence_as_it_is():
    assert escaped("literally scratch that") == "scratch that"
    assert escaped("literally replace the dog with a cat") == "replace the dog with a cat"
    assert escaped("literally the best film") is None
    assert escaped("scratch that") is None


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("delete the elephant", Intent.DELETE),
        ("replace the elephant", Intent.REPLACE),
        ("make it blue", Intent.SHORTER),
        ("send a letter", Intent.SEND),
        ("move it up", Intent.MOVE),
    ],
)
def test_the_three_nearest_orders_are_told(said: str, order: Intent):
    assert order in nearest(said)
    assert len(set(nearest(said))) == 3


def test_a_wording_stands_for_all_its_phrases():
    assert expand("undo [(that|it)] now") == ["undo that now", "undo it now", "undo now"]
    assert expand("(a|b [c]) d") == ["a d", "b c d", "b d"]


def test_every_order_is_understood_as_the_help_words_it():
    assert all(phrases()[tuple(order.value.lower().split())] is order for order in Intent if "X" not in order.value)
