"""Finding the model to listen with, and telling what is wrong with one that can't be used."""

from __future__ import annotations

import json
import time

import pytest

from assistant.errors import ModelError
from assistant.models.installed import State, damage_error, find, statuses, verify
from assistant.models.integrity import IntegrityIssue
from tests.support import small_models


@pytest.fixture
def catalogue(tmp_path):
    return small_models.catalogue(tmp_path)


@pytest.fixture
def models(tmp_path):
    """A folder of models with a sound one in it."""
    small_models.write(tmp_path / "models" / small_models.NAME, small_models.tiny_files())
    return tmp_path / "models"


def refusal(wanted, models, catalogue):
    with pytest.raises(ModelError) as caught:
        find(wanted, directory=models, catalogue=catalogue)
    assert caught.value.exit_code == 5
    return caught.value.sentence


def test_the_default_is_found_with_its_language_and_fillers(models, catalogue):
    model = find(directory=models, catalogue=catalogue)
    assert (model.name, model.path) == (small_models.NAME, models / small_models.NAME)
    assert (model.language, model.fillers) == ("en-us", ("um", "uh"))
    assert model.entry is catalogue.default


def test_looking_a_model_over_takes_less_than_20_ms(models, catalogue):
    def once():
        begun = time.thread_time()
        find(directory=models, catalogue=catalogue)
        return time.thread_time() - begun

    assert min(once() for _ in range(5)) < 0.020


def test_a_model_that_is_not_installed_comes_with_the_command_that_installs_it(tmp_path, catalogue):
    said = refusal(None, tmp_path / "nothing", catalogue)
    assert said.startswith("The speech model tiny-model is not installed. Run: assistant models install")


def test_a_truncated_model_is_named_with_the_file_that_is_short(models, catalogue):
    graph = models / small_models.NAME / "graph" / "Gr.fst"
    graph.write_bytes(graph.read_bytes()[:1234])
    said = refusal(None, models, catalogue)
    assert "graph/Gr.fst has 1,234 bytes and should have 60,004" in said
    assert said.endswith("Run: assistant models install")


def test_a_model_without_one_of_its_files_is_named_with_it(models, catalogue):
    (models / small_models.NAME / "conf" / "mfcc.conf").unlink()
    assert "conf/mfcc.conf is missing" in refusal(small_models.NAME, models, catalogue)


def test_a_model_of_the_persons_own_is_found_by_its_path(tmp_path, models, catalogue):
    own = small_models.write(
        tmp_path / "mine", small_models.tiny_files() | {"graph/Gr.fst": small_models.OPENFST + b"other"}
    )
    model = find(own, directory=models, catalogue=catalogue)
    assert (model.name, model.path, model.entry) == ("mine", own, None)
    assert model.fillers == ("um", "uh")


def test_a_relative_path_is_made_whole(tmp_path, models, catalogue, monkeypatch):
    own = small_models.write(tmp_path / "mine", small_models.tiny_files())
    monkeypatch.chdir(own)
    model = find(".", directory=models, catalogue=catalogue)
    assert (model.name, model.path) == ("mine", own)


def test_a_folder_beside_the_catalogues_models_is_found_by_its_name(models, catalogue):
    derived = "vosk-model-small-en-us-0.15-verbatim"
    small_models.write(models / derived, small_models.tiny_files())
    model = find(derived, directory=models, catalogue=catalogue)
    assert (model.path, model.language, model.fillers) == (models / derived, "en-us", ("um", "uh"))


def test_english_fillers_are_not_listened_for_in_a_german_model(tmp_path, models, catalogue):
    own = small_models.write(tmp_path / "vosk-model-small-de-0.15", small_models.tiny_files())
    model = find(own, directory=models, catalogue=catalogue)
    assert (model.language, model.fillers) == ("de", ())


def test_the_path_of_a_catalogued_model_is_as_good_as_its_name(models, catalogue):
    (models / small_models.NAME / "README").unlink()
    assert "README is missing" in refusal(str(models / small_models.NAME), models, catalogue)


def test_an_unknown_name_is_answered_with_the_names_there_are(models, catalogue):
    said = refusal("tinny-model", models, catalogue)
    assert "no speech model called 'tinny-model'. There are: tiny-model" in said


def test_a_path_that_leads_nowhere_is_named(tmp_path, models, catalogue):
    assert f"There is no folder {tmp_path / 'gone'} " in refusal(tmp_path / "gone", models, catalogue)


WRONG = {
    "an empty folder": ({}, "is an empty folder"),
    "a speaker model": (
        {"final.ext.raw": b"x", "mean.vec": b"x", "mfcc.conf": b"x", "transform.mat": b"x"},
        "is a Vosk speaker model",
    ),
    "Whisper by its makers": (
        {"config.json": json.dumps({"model_type": "whisper"}).encode(), "model.safetensors": b"x"},
        "is a Whisper model",
    ),
    "Whisper in C++": ({"ggml-base.en.bin": b"x"}, "is a Whisper model"),
    "faster Whisper": (
        {"config.json": b'{"lang_ids": [1]}', "model.bin": b"x", "vocabulary.txt": b"a"},
        "is a Whisper model",
    ),
    "the folder around a model": (
        {f"inner/{path}": content for path, content in small_models.tiny_files().items()},
        "the folder around it: name",
    ),
    "a zip file still packed": ({"model.zip": b"PK"}, "holds a zip file that is still to be unpacked"),
    "holiday pictures": (
        {f"{number}.jpg": b"x" for number in range(6)},
        "holds no Vosk model: there is no am/final.mdl, but 0.jpg, 1.jpg, 2.jpg, 3.jpg …",
    ),
    "a broken config": ({"config.json": b"{"}, "holds no Vosk model: there is no am/final.mdl, but config.json"),
    "no graph": (
        {path: content for path, content in small_models.tiny_files().items() if "fst" not in path},
        "is an incomplete Vosk model: graph/HCLr.fst and graph/Gr.fst are missing",
    ),
    "no settings": (
        {path: content for path, content in small_models.tiny_files().items() if path != "conf/mfcc.conf"},
        "is an incomplete Vosk model: conf/mfcc.conf is missing",
    ),
    "an empty graph": (small_models.tiny_files() | {"graph/Gr.fst": b""}, "graph/Gr.fst is empty"),
    "a web page for a graph": (
        small_models.tiny_files() | {"graph/Gr.fst": b"<html>"},
        "graph/Gr.fst is not a recognition graph",
    ),
    "a web page for a network": (
        small_models.tiny_files() | {"am/final.mdl": b"<html>"},
        "am/final.mdl is not an acoustic model",
    ),
    "half an i-vector extractor": (
        small_models.tiny_files() | {"ivector/final.ie": b"x"},
        "ivector/final.dubm and ivector/final.mat",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_folder_of_the_wrong_kind_is_called_by_its_name(kind, tmp_path, models, catalogue):
    files, said = WRONG[kind]
    (tmp_path / "wrong").mkdir()
    small_models.write(tmp_path / "wrong", files)
    assert said in refusal(tmp_path / "wrong", models, catalogue)


def test_a_zip_file_is_to_be_unpacked_first(tmp_path, models, catalogue):
    (tmp_path / "model.zip").write_bytes(small_models.zipped(small_models.tiny_files()))
    assert "is a zip file: unpack it" in refusal(tmp_path / "model.zip", models, catalogue)


def test_any_other_file_is_not_a_model(tmp_path, models, catalogue):
    (tmp_path / "model.onnx").write_bytes(b"x")
    assert "is a file, and a Vosk model is a folder" in refusal(tmp_path / "model.onnx", models, catalogue)


def test_a_model_with_one_large_graph_is_usable(tmp_path, models, catalogue):
    files = {path: content for path, content in small_models.tiny_files().items() if "graph" not in path}
    own = small_models.write(tmp_path / "large", files | {"graph/HCLG.fst": small_models.OPENFST})
    assert find(own, directory=models, catalogue=catalogue).path == own


def test_a_model_in_the_older_flat_layout_is_usable(tmp_path, models, catalogue):
    flat = {path.rpartition("/")[2]: content for path, content in small_models.tiny_files().items()}
    own = small_models.write(tmp_path / "flat", flat)
    assert find(own, directory=models, catalogue=catalogue).path == own


def test_the_list_tells_installed_damaged_available_and_own_apart(tmp_path, models, catalogue):
    def states():
        return {status.name: status.state for status in statuses(directory=models, catalogue=catalogue)}

    small_models.write(models / "mine", small_models.tiny_files())
    small_models.write(models / ".install-left-over" / "model", small_models.tiny_files())
    (models / "README.md").write_text("not a model")
    assert states() == {small_models.NAME: State.INSTALLED, "mine": State.OWN}

    (models / small_models.NAME / "README").unlink()
    (models / "mine" / "am" / "final.mdl").unlink()
    by_name = {status.name: status for status in statuses(directory=models, catalogue=catalogue)}
    assert by_name[small_models.NAME].state is State.DAMAGED
    assert by_name[small_models.NAME].is_default
    assert by_name[small_models.NAME].problem == "README is missing"
    assert by_name["mine"].state is State.DAMAGED

    (only,) = statuses(directory=tmp_path / "nothing", catalogue=catalogue)
    assert (only.state, only.entry, only.problem) == (State.AVAILABLE, catalogue.default, None)


def test_a_sound_model_verifies_without_a_finding(models, catalogue):
    notes = small_models.Notes()
    assert verify(directory=models, catalogue=catalogue, progress=notes) == []
    assert notes.stages == [("Checking tiny-model", catalogue.default.installed_bytes)]
    assert notes.done == [catalogue.default.installed_bytes]


def test_one_flipped_bit_is_found_where_sizes_see_nothing(models, catalogue):
    graph = models / small_models.NAME / "graph" / "Gr.fst"
    content = bytearray(graph.read_bytes())
    content[30_000] ^= 1
    graph.write_bytes(content)
    find(directory=models, catalogue=catalogue)
    (finding,) = verify(directory=models, catalogue=catalogue)
    assert finding.path == "graph/Gr.fst"
    assert finding.problem.startswith("has SHA-256 ")


def test_a_model_of_the_persons_own_is_verified_by_its_shape(tmp_path, models, catalogue):
    own = small_models.write(tmp_path / "mine", small_models.tiny_files())
    assert verify(own, directory=models, catalogue=catalogue) == []
    (own / "graph" / "Gr.fst").unlink()
    assert verify(own, directory=models, catalogue=catalogue) == [
        IntegrityIssue(".", "is an incomplete Vosk model: graph/Gr.fst is missing")
    ]


def test_findings_become_one_sentence_with_the_remedy(models, catalogue):
    model = find(directory=models, catalogue=catalogue)
    found = [IntegrityIssue(f"file-{number}", "is missing") for number in range(5)]
    said = damage_error(model, found, catalogue).sentence
    assert "damaged: file-0 is missing; file-1 is missing; file-2 is missing; and 2 more. Run: assistant" in said
