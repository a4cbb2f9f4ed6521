import pytest

from assistant.tts.speech import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Would you give it 4.5 stars?", "Would you give it 4.5 stars?"),
        ("**Her** is _quiet_, and `warm`.", "Her is quiet, and warm."),
        ("# Her\n- a *sad* film", "Her a sad film"),
        ("See [the list](https://example.org/a_b).", "See the list."),
        ("What did you make of “Her”?", "What did you make of Her?"),
        ("It's a good film, isn’t it?", "It's a good film, isn’t it?"),
    ],
)
def test_markup_and_quotation_marks_are_not_read_out(written, said):
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("★★★★½", "4 and a half stars"),
        ("★★★☆☆ from you.", "3 stars from you."),
        ("★", "1 star"),
        ("You gave 4/5.", "You gave 4 out of 5."),
    ],
)
def test_stars_are_read_in_words(written, said):
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the end — it hurt", "the end, it hurt"),
        ("the end—it hurt", "the end, it hurt"),
        ("maybe because of Magnolia, but—", "maybe because of Magnolia, but"),
        ("from 1940–2014", "from 1940 to 2014"),
        ("a non-romantic person", "a non-romantic person"),
        ("Wait—!", "Wait!"),
    ],
)
def test_a_dash_is_a_short_pause_and_a_hyphen_none(written, said):
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Hello, Prof. Smith.", "Hello, Professor Smith."),
        ("Hello, Ms. Smith.", "Hello, Miz Smith."),
        ("Hello, Mx Smith.", "Hello, Mix Smith."),
        ("Hello, Dr. Msimang.", "Hello, Dr. Msimang."),
    ],
)
def test_titles_that_an_engine_would_spell_out_are_written_out(written, said):
    assert speakable(written) == said


@pytest.mark.parametrize("written", ["", " \n\t", "…", "— —", "☆ 🙂 \u200b", "***"])
def test_where_there_is_nothing_to_say_nothing_is_said(written):
    assert speakable(written) == ""


def test_what_no_engine_can_take_is_left_out():
    assert speakable("So\x00 it\ud800 ends 🙂 well") == "So it ends well"
