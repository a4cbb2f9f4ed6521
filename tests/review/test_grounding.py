"""The check that the review says nothing that wasn't said."""

from __future__ import annotations

import pytest

from assistant.review import Passage, Sentence, is_grounded
from assistant.review.grounding import keep_grounded
from tests.support.cleaning_pairs import pairs
from tests.support.source_answers import said

FACTS = ("Her", "2013", "Spike Jonze", "Joaquin Phoenix", "Scarlett Johansson")

ALTERED = """
the music is soft -> The music is loud.
the music is soft -> The piano music is soft.
i didn't like the ending -> I liked the ending.
i didn't like the ending -> I like the ending.
i liked the ending -> I didn't like the ending.
it never bored me -> It bored me.
there is no hope in it -> There is hope in it.
nobody laughed in the cinema -> Laughed in the cinema.
i think it's a bit slow -> It's a bit slow.
i think it's a bit slow -> I think it's slow.
it was kind of sad -> It was sad.
maybe it's too long -> It's too long.
i almost cried at the end -> I cried at the end.
i guess he was lonely -> He was lonely.
it seemed honest to me -> It was honest to me.
it might be his best film -> It is his best film.
sometimes it drags in the middle -> It drags in the middle.
it was sad -> It was very sad.
it was sad -> It was really sad.
i liked it -> I absolutely liked it.
the music is soft -> Arcade Fire's music is soft.
i saw it twice -> I saw it three times.
i saw it two times -> I saw it 3 times.
it came out in nineteen ninety nine -> It came out in 1998.
it is two hours long -> It is three hours long.
phoenix was wonderful -> Johansson was wonderful.
scarlett johansson breaks my heart -> Joaquin Phoenix breaks my heart.
it was directed by a friend of mine -> It was directed by Spike Jonze.
he left her -> She left him.
the dog saved the boy -> The boy saved the dog.
my sister hated it and my brother loved it -> My brother hated it and my sister loved it.
theodore writes letters for strangers -> Strangers write letters for Theodore.
he forgave his father -> His father forgave him.
i used to hate musicals -> I hate musicals.
i would watch it again -> I watched it again.
i would watch it again -> I watch it again.
i will watch it again -> I watched it again.
he was happy -> He is happy.
it's a good film -> It was a good film.
he loves her -> He loved her.
it made me want to leave -> It made me leave.
i wanted to like it -> I like it.
my sister said it was boring -> It was boring.
i thought i would hate it -> I hate it.
if it was shorter i would love it -> I would love it.
she told him that he lied -> She lied.
the man who loved the woman left -> The woman left.
some people cried -> People cried.
it's a good film -> It's the best film.
it is better than the book -> It is good.
i don't think it's funny -> I think it's funny.
i couldn't stop crying -> I could stop crying.
we saw it on friday no on saturday -> We saw it on Friday.
the acting i mean the directing was bold -> The acting was bold.
it's not that i hated it -> I hated it.
he is my favourite actor -> He is my favourite director.
i have never cried so much -> I have cried so much.
it was only ten minutes long -> It was ten minutes long.
i can see why people love it -> People love it.
it had no ending -> It had an ending.
it took two hours -> It took 2nd hours.
it was like a dream -> It was a dream.
it's like lost in translation -> It's Lost in Translation.
"""

LEGITIMATE = """
um i i liked the the ending -> I liked the ending.
i liked the ending it was so quiet -> I liked the ending; it was so quiet.
it's it's a film about grief you know -> It's a film about grief.
i did not like it -> I didn't like it.
i didn't like it -> I did not like it.
it is gonna hurt -> It is going to hurt.
it came out in twenty thirteen -> It came out in 2013.
it was the second time -> It was the 2nd time.
in the nineteen sixties we danced -> In the 1960s we danced.
i saw it two times -> I saw it 2 times.
the colour were warm -> The colours were warm.
it make me cry -> It makes me cry.
he don't speak -> He doesn't speak.
i liked the music and the light and the silence -> I liked the music, the light and the silence.
we saw it on friday no on saturday -> We saw it on Saturday.
the acting i mean the directing was bold -> The directing was bold.
joaquin phoenix is wonderful in it -> Joaquin Phoenix is wonderful in it.
phoenix is wonderful -> Joaquin Phoenix is wonderful.
walking phoenix is wonderful -> Joaquin Phoenix is wonderful.
i loved the film -> I loved Her.
i loved it -> I loved Her.
spike jones made this -> Spike Jonze made this.
it was slow and it was long -> It was slow and long.
when i saw it i cried -> I cried when I saw it.
at the end i cried -> I cried at the end.
so well i mean it was sad -> It was sad.
it was like ten minutes too long -> It was ten minutes too long.
i was like really really moved -> I was really, really moved.
and then he leaves -> He leaves.
but the ending saved it -> The ending saved it.
the thing is i never cry -> The thing is, I never cry.
its slow but its beautiful -> It's slow, but it's beautiful.
i think i think it's slow -> I think it's slow.
kind of a mess but i loved it -> Kind of a mess, but I loved it.
i cried and my wife cried too -> I cried.
i hated the ending but the music is perfect -> The music is perfect.
maybe it's just me but i found it cold -> Maybe it's just me, but I found it cold.
i saw it in september no october -> I saw it in October.
she was ama- she is amazing -> She is amazing.
i really liked it -> I liked it.
it was a very long film -> It was a long film.
he always he never answers -> He never answers.
the the sound track is lovely -> The soundtrack is lovely.
i would've left -> I would have left.
there's a scene on the beach that i love -> There is a scene on the beach that I love.
i cried a lot at the end of the film -> I cried a lot at the end of the film.
because it was raining we went in -> We went in because it was raining.
you know it's the kind of film you watch alone -> It's the kind of film you watch alone.
he's he was my hero -> He was my hero.
i went to the i drove to the cinema -> I drove to the cinema.
it was sad it was funny it was strange -> It was sad, it was funny, and it was strange.
i gave it to her her voice is everything -> Her voice is everything.
"""

SAID = [said("the colours are warm (0.9) i didn't like the four games", 4), said("the music is a soft piano", 6)]
WHOLE = Passage(4, 0.0, 20.0)


@pytest.mark.parametrize(("source", "sentence"), pairs(ALTERED))
def test_a_sentence_that_says_something_else_is_caught(source: str, sentence: str) -> None:
    assert not is_grounded(sentence, source, FACTS)


@pytest.mark.parametrize(("source", "sentence"), pairs(LEGITIMATE))
def test_a_clean_sentence_of_what_was_said_passes(source: str, sentence: str) -> None:
    assert is_grounded(sentence, source, FACTS)


def test_without_facts_a_name_has_to_be_said() -> None:
    assert not is_grounded("I loved Her.", "i loved it")


@pytest.mark.parametrize(
    ("text", "said_so"),
    [
        ("The colours are warm.", True),
        ("I didn't like the four games.", True),
        ("Were the colours warm?", False),
        ("The colours are cold.", False),
        ("I like the five games.", False),
        ("The colours are not warm.", False),
        ("Theodore is warm.", False),
        ("The piano is warm.", False),
    ],
)
def test_only_a_sentence_that_was_said_in_its_passage_is_kept(text: str, said_so: bool) -> None:
    sentence = Sentence(text, (WHOLE,))
    assert (keep_grounded(sentence, SAID) is sentence) == said_so


def test_only_the_passage_counts_and_not_the_rest_of_the_answer() -> None:
    passage = Passage(4, 0.4, SAID[0].answer.words[3].end_s)
    assert keep_grounded(Sentence("The games are warm.", (passage,)), SAID).text == "The colours are warm."


def test_a_sentence_that_fails_becomes_its_plain_source() -> None:
    source = Passage(6, 0.0, 20.0)
    assert keep_grounded(Sentence("The score is a triumph.", (source,)), SAID) == Sentence(
        "The music is a soft piano.", (source,)
    )


def test_a_sentence_that_passes_is_left_as_it_is() -> None:
    sentence = Sentence("The colours are warm.", (WHOLE,))
    assert keep_grounded(sentence, SAID) is sentence


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("missus brown saw two hundred people", "Mrs Brown saw 200 people."),
        ("it was on c n n in the u s a", "It was on CNN in the USA."),
    ],
)
def test_short_forms_are_grounded_in_what_they_stand_for(spoken: str, text: str) -> None:
    heard = said(spoken)
    whole = Passage(heard.number, 0.0, heard.answer.words[-1].end_s)
    sentence = Sentence(text, (whole,))
    assert keep_grounded(sentence, [heard]) is sentence
