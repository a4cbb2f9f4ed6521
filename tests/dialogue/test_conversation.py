"""Whole conversations as a function: answers in, actions out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from importlib import resources

import pytest

from assistant.assessment.speaker_model import SpeakerModel
from assistant.dialogue.actions import Action, AdjustVoice, Ask, Compose, Deliver, End, Remember, Say
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import Script, default_script, parse_script
from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import Film, FilmEntry
from assistant.films.film_table import EntryTable
from assistant.review import Passage, Review, ReviewRequest, Sentence, compose
from assistant.turns.assessment import Assessment
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken

HESITANT = "i um (1.2) haven't been (0.9) in a while i used to (0.6) i used to be um (1.4) a flirt but"
LONG = "the colors are warm and the music is a piano in the next room because somebody is lonely there " * 3


class Talk:
    """Somebody who answers; the last actions are at hand."""

    def __init__(self, person: str | None = None, site: str | None = None, script: Script | None = None) -> None:
        self.conversation = Conversation(script or default_script(), person, site)
        self.turn = 0
        self.actions: list[Action] = self.conversation.start()

    def say(self, text: str, impression: Assessment | None = None) -> list[Action]:
        self.turn += 1
        self.actions = self.conversation.hear(UserTurn(self.turn, spoken(text), impression))
        return self.actions

    def say_hesitantly(self, text: str = HESITANT) -> list[Action]:
        return self.say(text, SpeakerModel().assess(spoken(text)))

    def until(self, question: str, *answers: str) -> Talk:
        for answer in answers:
            self.say(answer)
        assert self.question == question, self.actions
        return self

    @property
    def asked(self) -> Ask:
        found = self.actions[-1]
        assert isinstance(found, Ask), self.actions
        return found

    @property
    def question(self) -> str | None:
        return self.asked.question

    @property
    def said(self) -> str:
        return " ".join(action.text for action in self.actions if isinstance(action, Say | Ask))

    def at_review(self) -> Talk:
        self.until("stars", "romantic", "funny", "i love them", "her", LONG, "that's all")
        assert isinstance(self.say("four stars")[-1], Compose)
        sentence = Sentence("I loved it.", (Passage(5, 0.0, 1.0),))
        self.actions = self.conversation.composed(Review(None, 4.0, "funny", (sentence,)))
        return self


def test_people_are_greeted_by_the_name_and_title_they_gave_and_told_what_is_listened_for():
    said = Talk("Ms. Ada Lovelace").said
    assert "Ms. Ada Lovelace" in said
    assert "Letterboxd" in said
    assert "how you speak" in said


def test_nobody_is_greeted_by_a_name_they_did_not_give():
    assert "None" not in Talk().said
    assert "Kino Nord" in Talk(site="Kino Nord").said


def test_the_questions_come_in_their_order_and_the_answers_are_understood():
    talk = Talk().at_review()
    state = talk.conversation.state
    assert state.profile == {"romance": "romantic", "voice": "funny", "emotional_movies": "i love them"}
    assert state.film is not None
    assert state.film.title == "Her"
    assert state.rating == 4.0
    assert talk.question == "review"
    assert "Hello, I'm here." in talk.said


def test_an_answer_that_trails_off_ends_gently():
    talk = Talk().until("emotional_movies", "romantic", "funny")
    talk.say("they're fine maybe that's because of magnolia but")
    assert "leave it there" in talk.said
    assert talk.question == "film"


def test_who_ends_on_a_short_answer_has_not_trailed_off():
    talk = Talk().until("emotional_movies", "romantic", "funny")
    talk.say("you'd think i hate them but i don't")
    assert "leave it there" not in talk.said


def test_a_refusal_is_accepted_and_leaves_the_profile_unknown():
    talk = Talk()
    talk.say("i'd rather not say")
    assert talk.question == "voice"
    assert talk.conversation.state.profile["romance"] is None


def test_an_answer_not_understood_is_asked_again_once_and_then_taken_as_it_is():
    talk = Talk()
    talk.say("my brother is a plumber")
    assert talk.question == "romance"
    assert "romantic, non-romantic" in talk.said
    talk.say("he lives in a village")
    assert talk.question == "voice"
    assert talk.conversation.state.profile["romance"] is None


def test_who_asks_what_a_choice_means_is_told_the_choices():
    talk = Talk()
    talk.say("sorry how do you mean romantic")
    assert talk.question == "romance"
    assert "romantic, non-romantic" in talk.said
    talk.say("then no i'm not romantic")
    assert talk.question == "voice"
    assert talk.conversation.state.profile["romance"] == "non-romantic"


def test_silence_is_met_with_other_words_then_the_next_question_then_goodbye():
    talk = Talk()
    first = talk.asked.text
    talk.say("")
    assert talk.question == "romance"
    assert talk.asked.text != first
    talk.say("")
    assert talk.question == "voice"
    talk.say("")
    talk.say("")
    assert talk.actions[-1] == End("abandoned")
    assert "kept" in talk.said


def test_a_word_in_between_shows_that_somebody_is_still_there():
    talk = Talk().until("voice", "", "")
    talk.until("emotional_movies", "funny").say("")
    talk.say("")
    assert talk.question == "film"


@pytest.mark.parametrize("reply", ["yes", "stop", ""])
def test_stop_is_confirmed_once(reply: str):
    talk = Talk()
    talk.say("stop")
    assert talk.question is None
    talk.say(reply)
    assert talk.actions[-1] == End("abandoned")


def test_whoever_does_not_want_to_stop_after_all_goes_on_where_they_were():
    talk = Talk().until("voice", "romantic")
    talk.say("stop")
    talk.say("no")
    assert talk.question == "voice"


def test_repeat_says_the_question_again_and_help_says_what_can_be_said():
    talk = Talk()
    asked = talk.asked
    assert talk.say("repeat that") == [asked]
    talk.say("what can i say")
    assert "go back" in talk.said
    assert talk.question == asked.question


def test_whoever_asks_what_a_word_means_gets_an_explanation_of_it_as_often_as_they_ask():
    talk = Talk().until("voice", "romantic")
    talk.say("what does introspective mean")
    assert "think and feel" in talk.said
    talk.say("and what's funny")
    assert "jokes" in talk.said
    assert "think and feel" not in talk.said
    talk.say("what do you mean by a voice")
    assert "what comes first" in talk.said
    talk.until("emotional_movies", "introspective").say("what do you mean by emotional movies")
    assert "cry" in talk.said
    assert talk.question == "emotional_movies"
    assert "emotional_movies" not in [said.question for said in talk.conversation.state.said]


def test_a_question_back_at_any_question_is_answered_and_the_question_asked_again_in_other_words():
    talk = Talk().until("emotional_movies", "romantic", "funny")
    for asked_back in ("could you explain", "who are you", "how long will this take", "say that differently", "help"):
        before = talk.asked.text
        talk.say(asked_back)
        assert talk.question == "emotional_movies"
        assert talk.asked.text != before


def test_what_was_meant_by_discomfort_is_explained_before_they_agree_or_not():
    talk = Talk()
    talk.say_hesitantly()
    before = talk.asked
    talk.say("what do you mean")
    assert "pauses" in talk.said
    assert talk.question == "discomfort"
    assert talk.asked.text != before.text
    talk.say("yes")
    assert Remember(1, "hesitation", True, "yes") in talk.actions


def test_people_are_told_how_many_questions_are_left_at_most():
    talk = Talk()
    talk.say("how long is this going to take")
    assert "at most eleven more questions" in talk.said
    talk.until("about", "romantic", "funny", "i love them", "her", "it made me cry").say("how many questions are left")
    assert "at most six more questions" in talk.said
    talk.until("stars", "that's all").say("how much longer")
    assert "the last question" in talk.said


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("could you speak a little slower", AdjustVoice(tempo=0.8)),
        ("speed up please", AdjustVoice(tempo=1.25)),
        ("sorry i can't hear you", AdjustVoice(gain_db=6.0)),
        ("not so loud", AdjustVoice(gain_db=-6.0)),
    ],
)
def test_the_voice_changes_when_asked_to_and_the_question_comes_again(said: str, change: AdjustVoice):
    talk = Talk()
    asked = talk.asked
    assert talk.say(said) == [change, asked]
    talk = Talk().at_review()
    assert change in talk.say(said)
    assert talk.question == "review"


def test_near_the_end_people_are_told_that_two_questions_are_left_once():
    talk = about()
    told = []
    while talk.question == "about":
        talk.say(LONG)
        told.append("Two more questions" in talk.said)
    assert talk.question == "stars"
    assert told[-2:] == [True, False]
    assert told.count(True) == 1


@pytest.mark.parametrize(
    ("said", "question", "value"),
    [
        ("not really", "romance", "non-romantic"),
        ("no not at all", "romance", "non-romantic"),
        ("i was once", "romance", "non-romantic"),
        ("whatever you like", "romance", "unsure"),
        ("neither", "romance", None),
        ("you decide", "voice", "both"),
        ("neither really", "voice", None),
    ],
)
def test_an_answer_beside_the_choices_is_understood_at_once(said: str, question: str, value: str | None):
    talk = Talk()
    if question == "voice":
        talk.say("romantic")
    talk.say(said)
    assert talk.question != question
    assert talk.conversation.state.profile[question] == value


def test_skip_goes_on_and_leaves_the_answer_unknown():
    talk = Talk()
    talk.say("skip")
    assert talk.question == "voice"
    assert talk.conversation.state.profile["romance"] is None


def test_go_back_takes_the_earlier_answer_back():
    talk = Talk().until("emotional_movies", "romantic", "funny")
    talk.say("go back")
    assert talk.question == "voice"
    assert talk.conversation.state.profile["voice"] is None
    talk.say("introspective")
    assert talk.conversation.state.profile["voice"] == "introspective"
    assert [said.question for said in talk.conversation.state.said] == ["romance", "voice"]


def test_go_back_at_the_first_question_says_so():
    talk = Talk()
    talk.say("go back")
    assert "first question" in talk.said
    assert talk.question == "romance"


def test_going_back_from_the_review_makes_it_anew():
    talk = Talk().at_review()
    talk.say("go back")
    assert talk.question == "stars"
    assert isinstance(talk.say("five stars")[-1], Compose)
    assert talk.conversation.state.rating == 5.0


# what is heard in the voice


def test_hesitation_is_spoken_of_and_their_yes_is_kept_with_the_answer_it_was_about():
    talk = Talk()
    talk.say_hesitantly()
    assert talk.question == "discomfort"
    assert "Would you agree" in talk.said
    talk.say("yes maybe")
    assert Remember(1, "hesitation", True, "yes maybe") in talk.actions
    assert talk.question == "voice"


@pytest.mark.parametrize(("reply", "agreed"), [("no", False), ("was i", None), ("", None)])
def test_a_no_and_a_question_back_are_kept_too(reply: str, agreed: bool | None):
    talk = Talk()
    talk.say_hesitantly()
    talk.say(reply)
    assert Remember(1, "hesitation", agreed, reply) in talk.actions
    assert talk.question == "voice"


def test_the_voice_is_spoken_of_at_most_once_in_three_answers():
    talk = Talk()
    talk.say_hesitantly()
    talk.say("no")
    talk.say_hesitantly("a little bit of both um (1.4) i guess um (1.5) because because i don't know but")
    assert talk.question == "emotional_movies"
    talk.say_hesitantly()
    assert talk.question == "film"


def talk_with(rules: str) -> Talk:
    text = resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")
    return Talk(script=parse_script(text.replace("asks = true\nanswers_apart = 3", rules), "mine.toml"))


def test_a_script_says_how_often_the_voice_is_spoken_of_and_whether_at_all():
    talk = talk_with("answers_apart = 1")
    talk.say_hesitantly()
    talk.say("yes")
    talk.say_hesitantly("a little bit of both um (1.4) i guess um (1.5) because because i don't know but")
    assert talk.question == "discomfort"
    silent = talk_with("asks = false")
    silent.say_hesitantly()
    assert silent.question == "voice"


def test_the_voice_is_never_spoken_of_twice_about_the_same_question():
    talk = Talk()
    talk.say_hesitantly()
    talk.say("go back")
    assert talk.question == "romance"
    for _ in range(4):
        talk.say_hesitantly()
        assert talk.question == "voice"
        talk.say("go back")


def test_a_steady_answer_is_not_remarked_upon():
    talk = Talk()
    talk.say_hesitantly("i have always been romantic and i still write letters to my husband by hand")
    assert talk.question == "voice"


def test_where_nobody_listens_for_it_nothing_is_remarked():
    talk = Talk()
    talk.say(HESITANT, None)
    assert talk.question == "voice"


def test_commands_work_while_the_voice_is_spoken_of():
    talk = Talk()
    talk.say_hesitantly()
    remark = talk.asked
    assert talk.say("repeat that") == [remark]
    talk.say("stop")
    talk.say("no")
    assert talk.asked == remark
    talk.say("skip")
    assert talk.question == "voice"


# about the film


def about(*answers: str) -> Talk:
    return Talk().until("about", "romantic", "funny", "i love them", "her", *answers)


def test_the_film_is_named_in_the_first_question_about_it():
    assert "Her" in about().asked.text


def test_a_contrast_left_hanging_is_taken_up():
    assert "“but”" in about("the city is full of people and all of them are on the phone but").asked.text


def test_a_word_that_was_paused_before_is_taken_up():
    asked = about("it is about people who live with a lot of (1.4) loneliness because they work too much").asked
    assert "loneliness" in asked.text


@pytest.mark.parametrize(
    "text",
    [
        "it is about people who live with a lot of (1.4) um loneliness because they work too much",
        "it is about people who live with (0.4) um (0.3) loneliness because they work too much",
        "it is about people who live with (1.4) all of the loneliness because they work too much",
        "it is about people who live with (1.4) the loneliness because they work too much (0.9) alone",
    ],
)
def test_small_words_and_fillers_on_the_way_to_a_word_are_not_what_was_paused_before(text: str):
    talk = about(text)
    assert ("“loneliness”" in talk.asked.text) == ("all of" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "it is about people and (1.4) the and (1.2) um they live in a big city because they work (1.5) because",
        "it is about people (0.3) living in a city because they work",
        "it is about people (1.4) and their lives because they work",
    ],
)
def test_no_small_word_is_said_to_have_been_paused_before(text: str):
    assert "paused" not in about(text).asked.text


def test_a_word_that_may_be_misheard_is_not_quoted():
    talk = about()
    heard = spoken("it is about people who live with a lot of (1.4) loneliness because they work", confidence=0.4)
    talk.actions = talk.conversation.hear(UserTurn(9, heard))
    assert "loneliness" not in talk.asked.text


def test_an_aspect_touched_and_not_explained_is_taken_up():
    assert "music" in about("the music was lovely").asked.text


def test_what_was_said_already_is_not_asked():
    talk = about(LONG)
    assert "music" not in talk.asked.text.lower()
    assert "picture" not in talk.asked.text.lower()


def count_questions(answer: Callable[[int], str]) -> int:
    talk = about()
    asked = 0
    while talk.question == "about":
        asked += 1
        talk.say(answer(asked))
    assert talk.question == "stars"
    return asked


def test_two_to_six_questions_by_how_much_was_said():
    assert count_questions(lambda asked: LONG * 3) == 2
    assert count_questions(lambda asked: f"it was number {asked}") == 6
    assert 2 < count_questions(lambda asked: LONG) < 6


def test_thats_all_ends_the_questions_about_the_film():
    assert about("it made me cry").until("stars", "that's all")


def test_no_follow_up_is_asked_twice():
    talk = about()
    asked = []
    while talk.question == "about":
        asked.append(talk.asked.text)
        talk.say("the music was lovely but")
    assert len(asked) == len(set(asked))


# the review


def test_send_review_delivers_and_takes_leave():
    talk = Talk().at_review()
    talk.say("send review")
    assert "The film, four stars" in talk.said
    assert talk.say("yes") == [Deliver()]
    assert talk.conversation.delivered(waiting=False, failed=False)[-1] == End("sent")


def test_the_farewell_promises_only_what_is_going_to_be():
    talk = Talk().at_review()
    endings = [
        talk.conversation.delivered(waiting=waiting, failed=failed)
        for waiting, failed in [(False, False), (True, False), (False, True), (True, True)]
    ]
    assert [ending[-1] for ending in endings] == [End("sent")] * 4
    arrived, later, failed, some_failed = [str(ending[0]) for ending in endings]
    assert "has been sent" in arrived
    assert "will go out as soon as" in later
    assert failed == some_failed
    assert "couldn't be delivered everywhere" in failed


def test_a_sentence_that_contains_send_review_sends_nothing():
    talk = Talk().at_review()
    talk.say("i told my sister to send review copies to everyone")
    assert talk.question == "review"
    assert Deliver() not in talk.actions


def test_read_that_again_reads_the_review_again():
    talk = Talk().at_review()
    talk.say("read that again")
    assert Say("I loved it.") in talk.actions
    assert talk.question == "review"


def test_not_now_keeps_the_review_unsent():
    talk = Talk().at_review()
    talk.say("not now")
    assert talk.actions[-1] == End("unsent")


def test_start_over_begins_with_the_first_question_and_forgets_the_answers():
    talk = Talk().at_review()
    talk.say("start over")
    assert talk.question == "romance"
    assert talk.conversation.state.said == []
    assert talk.conversation.state.film is None


def test_silence_at_the_review_keeps_it_unsent():
    talk = Talk().at_review()
    talk.say("")
    assert talk.question == "review"
    talk.say("")
    assert talk.actions[-1] == End("unsent")


def test_too_little_for_a_review_is_said_and_everything_kept():
    talk = Talk().at_review()
    actions = talk.conversation.composed(None)
    assert actions[-1] == End("abandoned")


# stars


def at_stars() -> Talk:
    return Talk().until("stars", "romantic", "funny", "i love them", "her", LONG, "that's all")


@pytest.mark.parametrize(
    ("answer", "stars"),
    [("not five but four", "Four stars, then."), ("nine out of ten", "Four and a half stars, then.")],
)
def test_stars_that_were_corrected_or_worked_out_are_read_back(answer: str, stars: str):
    talk = at_stars()
    assert Say(stars) in talk.say(answer)
    assert isinstance(talk.actions[-1], Compose)


def test_stars_given_plainly_are_not_read_back():
    talk = at_stars()
    talk.say("four stars")
    assert "then" not in talk.said


def test_who_does_not_know_how_many_stars_gives_none_and_is_not_pressed():
    talk = at_stars()
    assert isinstance(talk.say("i don't know")[-1], Compose)
    assert talk.conversation.state.rating is None


WHOLE = ("romantic", "funny", "i love them", "her", LONG, "that's all", "four stars")
EDITING = ("delete the last sentence", "undo", "i would see it with my mother", "add it", "make it five stars",
           "send review", "yes")  # fmt: skip


@pytest.mark.parametrize("aside", ["funny um but", "go back", "skip", "don't listen for that", "scratch that", "stop"])
def test_what_a_copy_hears_leaves_the_conversation_as_it_was(aside: str):
    review = Review(None, 4.0, "funny", tuple(Sentence(f"It is {n}.", (Passage(5, n, n + 1),)) for n in range(3)))

    def held(*, disturbed: bool) -> list[Action]:
        conversation = Conversation(default_script())
        following = conversation.start()
        heard = [following]
        for turn, text in enumerate((*WHOLE, *EDITING)):
            if disturbed:
                copy = conversation.copy()
                copy.hear(UserTurn(90, spoken(HESITANT), SpeakerModel().assess(spoken(HESITANT))))
                copy.hear(UserTurn(91, spoken(aside)))
                conversation.copy().hear(UserTurn(92, spoken(aside)))
                conversation = conversation.copy()
            following = conversation.hear(UserTurn(turn, spoken(text)))
            if following[-1] == Compose():
                following = conversation.composed(review)
            heard.append(following)
        assert heard[-1] == [Deliver()]
        return [action for actions in heard for action in actions]

    assert held(disturbed=True) == held(disturbed=False)


def test_a_copy_shares_the_films():
    films = FilmCatalogue(EntryTable([FilmEntry(Film("Her", 2013), renown=50)]))
    loaded: Future[FilmCatalogue] = Future()
    loaded.set_result(films)
    conversation = Conversation(default_script(), films=loaded.result)
    conversation.start()
    for turn, text in enumerate(("romantic", "funny", "i love them")):
        conversation.hear(UserTurn(turn, spoken(text)))
    copy = conversation.copy()
    copy.hear(UserTurn(3, spoken("her")))
    assert copy.state.film == Film("Her", 2013)
    assert conversation.state.film is None


# before composing


@pytest.mark.parametrize(
    ("voice", "stars", "about", "said_back"),
    [
        ("funny", "four", "the ending made me cry " * 8,
         "So: a funny review of Her, four stars, and above all the ending."),
        ("both", "four and a half", "i felt sad and i cried " * 8,
         "So: a funny and introspective review of Her, four and a half stars, and above all what you felt."),
        ("introspective", "i don't know", "well it was all right i suppose " * 6,
         "So: an introspective review of Her."),
    ],
)  # fmt: skip
def test_before_composing_one_sentence_says_back_what_was_understood(voice, stars, about, said_back):
    talk = Talk().until("stars", "romantic", voice, "i love them", "her", about, "that's all")
    talk.say(stars)
    *_, understood, _, compose = talk.actions
    assert (understood, compose) == (Say(said_back), Compose())


@pytest.mark.parametrize("about", [(), ("the music",)])
def test_who_said_too_little_about_the_film_is_not_told_of_a_review(about):
    talk = Talk().until("stars", "romantic", "funny", "i love them", "her", *about, "that's all")
    assert compose(talk.conversation.state.said, ReviewRequest()) is None
    assert "review of" not in " ".join(action.text for action in talk.say("four stars") if isinstance(action, Say))


def test_a_script_says_back_in_its_own_words():
    script = default_script().model_copy(deep=True)
    says = script.says.model_copy(update={"understood": "That makes {review}. Right?"})
    talk = Talk(script=script.model_copy(update={"says": says}))
    talk.until("stars", "romantic", "funny", "i love them", "her", LONG, "that's all")
    assert "That makes a funny review of Her, three stars" in " ".join(
        action.text for action in talk.say("three stars") if isinstance(action, Say)
    )


@pytest.mark.parametrize(
    "correction", ["no the film is paterson", "actually the title is paterson", "no i meant paterson"]
)
def test_a_wrong_title_can_be_put_right_at_a_later_question_which_then_comes_again(correction: str):
    films = FilmCatalogue(
        EntryTable([FilmEntry(Film("Her", 2013), renown=50), FilmEntry(Film("Paterson", 2016), renown=50)])
    )
    conversation = Conversation(default_script(), films=lambda: films)
    conversation.start()
    for turn, text in enumerate(("romantic", "funny", "i love them", "her", LONG, "that's all")):
        actions = conversation.hear(UserTurn(turn, spoken(text)))
    again = conversation.hear(UserTurn(7, spoken(correction)))
    assert conversation.state.film == Film("Paterson", 2016)
    assert again[-1] == actions[-1]
    assert conversation.hear(UserTurn(8, spoken("no it's too long")))[-1] != again[-1]
    assert conversation.state.film == Film("Paterson", 2016)
