"""Making the verbatim model of another, finding it, and hearing with it."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
from types import SimpleNamespace

import pytest

from assistant.errors import ModelError
from assistant.models import install
from assistant.models.installed import State, damage_error, find, locate, statuses, verify
from assistant.models.integrity import IntegrityIssue
from assistant.models.openfst import read_graph
from assistant.models.verbatim import describe_verbatim_error
from tests.support import language_models, small_models

NAMES = ["<eps>", "um", "a", "b", "uh", "c", "d"]
LANGUAGE = language_models.some_language(3)
GRAPH = language_models.ngram_file(LANGUAGE, NAMES)
FILES = small_models.tiny_files() | {"graph/Gr.fst": GRAPH}
LOOPS = {"um": 1.0, "uh": 1.5}
MADE = f"{small_models.NAME}-verbatim"


@pytest.fixture
def at(tmp_path):
    """A folder with a sound model in it; installs there, finds there, and knows what was told."""
    models = tmp_path / "models"
    notes = small_models.Notes()
    small_models.write(models / small_models.NAME, FILES)

    def catalogue(loops=None, files=None):
        return small_models.catalogue(tmp_path, files or FILES, loops=LOOPS if loops is None else loops)

    usual = catalogue()

    def run(name=None, catalogue=usual):
        return install(name, progress=notes, directory=models, catalogue=catalogue)

    def found(wanted=None, catalogue=usual):
        return find(wanted, directory=models, catalogue=catalogue)

    def listed(catalogue=usual):
        return {status.name: status for status in statuses(directory=models, catalogue=catalogue)}

    return SimpleNamespace(
        tmp=tmp_path,
        models=models,
        notes=notes,
        stock=models / small_models.NAME,
        made=models / MADE,
        catalogue=catalogue,
        usual=usual,
        run=run,
        found=found,
        listed=listed,
    )


def loops_in(folder, graph="graph/Gr.fst"):
    """The words with a loop on every state of a model's graph, and what each costs."""
    header, read = read_graph((folder / graph).read_bytes())
    words = {number: word for word, number in header.output_symbols.numbers.items()}
    each = [
        {
            (words[arc[0]], arc[2])
            for arc in read.arcs[read.first[state] : read.first[state + 1]].tolist()
            if arc[3] == state and arc[0] == arc[1]
        }
        for state in range(read.states)
    ]
    return dict(sorted(set.intersection(*each)))


# --- Making ---


def test_an_installation_ends_with_the_verbatim_model(tmp_path):
    notes = small_models.Notes()
    with small_models.Site(small_models.zipped(FILES)) as site:
        catalogue = small_models.catalogue(tmp_path, FILES, [site.source], LOOPS)
        path = install(progress=notes, directory=tmp_path / "models", catalogue=catalogue)
    assert path == tmp_path / "models" / MADE
    assert loops_in(path) == LOOPS
    assert small_models.contents(tmp_path / "models" / small_models.NAME) == FILES
    assert small_models.visible(tmp_path / "models") == [small_models.NAME, MADE]
    assert notes.stages[-2:] == [(f"Making {MADE}", None), (f"Writing {MADE}", (path / "graph/Gr.fst").stat().st_size)]
    assert notes.done[-1] == notes.stages[-1][1]
    assert notes.notes[-1] == f"{MADE}, which outputs um, uh, was made in {path}."
    assert stat.S_IMODE(path.stat().st_mode) & 0o055 == 0o055


def test_all_but_the_language_model_is_shared_with_the_other(at):
    at.run()
    for path in FILES:
        assert (at.stock / path).samefile(at.made / path) == (path != "graph/Gr.fst")


def test_where_there_are_no_links_the_files_are_copied(at, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    at.run()
    made = small_models.contents(at.made)
    assert {path: made[path] for path in FILES if path != "graph/Gr.fst"} == {
        path: content for path, content in FILES.items() if path != "graph/Gr.fst"
    }
    assert not (at.stock / "README").samefile(at.made / "README")


def test_a_model_behind_links_is_made_of_what_they_lead_to(at):
    at.stock.rename(at.tmp / "elsewhere")
    at.stock.mkdir()
    for path in FILES:
        (at.stock / path).parent.mkdir(parents=True, exist_ok=True)
        (at.stock / path).symlink_to(at.tmp / "elsewhere" / path)
    at.run()
    assert not (at.made / "README").is_symlink()
    assert (at.made / "README").samefile(at.tmp / "elsewhere" / "README")


def test_what_is_made_and_up_to_date_stays_as_it_is(at):
    at.run()
    before = (at.made / "graph/Gr.fst").stat()
    assert at.run() == at.made
    after = (at.made / "graph/Gr.fst").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert at.notes.notes[-1] == f"{MADE} is already made in {at.made}, and sound."


@pytest.mark.parametrize("loops", [{"um": 1.0}, {"um": 1.0, "uh": 0.5}])
def test_other_fillers_or_costs_make_it_anew(at, loops):
    at.run()
    at.run(catalogue=at.catalogue(loops))
    assert loops_in(at.made) == loops
    assert small_models.visible(at.models) == [small_models.NAME, MADE]


def test_another_model_of_the_same_name_makes_it_anew(at):
    at.run()
    other = FILES | {"graph/Gr.fst": language_models.ngram_file(language_models.some_language(4), NAMES)}
    with small_models.Site(small_models.zipped(other)) as site:
        at.run(catalogue=small_models.catalogue(at.tmp, other, [site.source], LOOPS))
    assert read_graph((at.made / "graph/Gr.fst").read_bytes())[1].states == len(language_models.some_language(4).states)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("graph/Gr.fst", b"short"),
        ("am/final.mdl", None),
        ("verbatim.json", b"{"),
        ("verbatim.json", b'{"format": 0}'),
        ("verbatim.json", b"[]"),
    ],
)
def test_a_damaged_one_is_told_and_made_anew(at, path, content):
    at.run()
    # Not by writing into it, for the other model has the same file.
    (at.made / path).unlink()
    if content is not None:
        (at.made / path).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{MADE} .* is damaged: {path} .*Run: assistant models install$"):
        at.found()
    status = at.listed()[MADE]
    assert status.state is State.DAMAGED
    assert path in status.problem
    at.run()
    assert loops_in(at.made) == LOOPS
    assert at.found().path == at.made
    assert small_models.visible(at.models) == [small_models.NAME, MADE]


@pytest.mark.parametrize("make", [language_models.const_file, language_models.vector_file])
def test_a_language_model_in_another_layout_will_do(at, make):
    files = FILES | {"graph/Gr.fst": make(LANGUAGE, NAMES)}
    small_models.write(at.stock, files)
    at.run(catalogue=at.catalogue(files=files))
    assert loops_in(at.made) == LOOPS


def test_fillers_outside_the_vocabulary_are_left_out(at):
    at.run(catalogue=at.catalogue({"um": 1.0, "erm": 1.0}))
    assert loops_in(at.made) == {"um": 1.0}
    at.run(catalogue=at.catalogue({"um": 1.0, "erm": 1.0}))
    assert at.notes.notes[-1].endswith("is already made in " + str(at.made) + ", and sound.")


def test_a_list_of_words_beside_the_graph_will_do(at):
    words = "".join(f"{name} {number}\n" for number, name in enumerate(NAMES))
    files = FILES | {"graph/Gr.fst": language_models.ngram_file(LANGUAGE), "graph/words.txt": words.encode()}
    small_models.write(at.stock, files)
    at.run(catalogue=at.catalogue(files=files))
    _, read = read_graph((at.made / "graph/Gr.fst").read_bytes())
    assert {arc[0] for arc in read.arcs[: read.first[1]].tolist() if arc[3] == 0} >= {1, 4}


# --- What is used as it is ---


def used_as_it_is(at, catalogue, why):
    assert at.run(catalogue=catalogue) == at.stock
    assert at.notes.notes[-1].startswith(f"{small_models.NAME} is used as it is: ")
    assert why in at.notes.notes[-1]
    assert small_models.visible(at.models) == [small_models.NAME]
    model = at.found(catalogue=catalogue)
    assert (model.path, model.verbatim) == (at.stock, False)
    return model


def test_a_model_with_one_large_graph_is_used_as_it_is(at):
    files = {path: content for path, content in FILES.items() if "graph" not in path}
    files |= {"graph/HCLG.fst": language_models.const_file(LANGUAGE, NAMES)}
    for path in list(at.stock.glob("graph/*.fst")):
        path.unlink()
    small_models.write(at.stock, files)
    assert used_as_it_is(at, at.catalogue(files=files), "HCLG.fst").advice is None


def test_a_language_without_fillers_is_used_as_it_is(at):
    assert used_as_it_is(at, at.catalogue({}), "no fillers for its language").advice is None


def test_a_model_that_knows_no_filler_is_used_as_it_is(at):
    used_as_it_is(at, at.catalogue({"ähm": 1.0, "öh": 1.0}), "none of ähm, öh is among its words")


# --- Trouble ---


@pytest.mark.parametrize("before", ["none", "another"])
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_a_making_that_is_cut_off_leaves_no_half_model_and_the_next_one_makes_it(at, how, before):
    if before == "another":
        at.run(catalogue=at.catalogue({"um": 3.0}))
    file = small_models.catalogue_file(at.tmp / "c.toml", FILES, [("http://127.0.0.1:9/", 9)], loops=LOOPS)
    killed = small_models.install_and_kill(at.models, file, "Writing", 0, how)
    assert killed.returncode == -getattr(signal, how)
    if before == "another":
        assert loops_in(at.found().path) == {"um": 3.0}
    else:
        assert at.found().path == at.stock
    at.run()
    assert loops_in(at.found().path) == LOOPS
    assert small_models.visible(at.models) == [small_models.NAME, MADE]


def test_a_folder_that_may_not_be_written_to_is_told_and_the_model_there_used_as_it_is(at, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("assistant.models.verbatim.installation_lock", refuse)
    assert at.run() == at.stock
    assert at.notes.notes[-1].startswith(f"{MADE} can't be made in {at.models}: permission denied. Make that folder")
    with pytest.raises(ModelError, match=f"mine-verbatim can't be made in {at.tmp}: permission denied"):
        at.run(str(small_models.write(at.tmp / "mine", FILES)))


def test_a_disk_that_fills_up_is_told_and_left_clean(at, monkeypatch):
    class FullDisk(small_models.Notes):
        def advance(self, count):
            if self.stages[-1][0].startswith("Writing"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ModelError, match=f"too little room for {MADE} on the disk of {at.models}. Make room"):
        install(progress=FullDisk(), directory=at.models, catalogue=at.usual)
    assert small_models.visible(at.models) == [small_models.NAME]


def test_a_used_up_quota_is_a_full_disk(at):
    assert "too little room" in describe_verbatim_error(OSError(errno.EDQUOT, "quota"), at.stock).sentence


# --- Models of the person's own ---


def test_another_model_gets_its_verbatim_one_by_its_path_and_is_asked_for_by_that(at):
    own = small_models.write(at.tmp / "mine", FILES)
    assert at.run(str(own)) == at.tmp / "mine-verbatim"
    assert loops_in(at.tmp / "mine-verbatim") == LOOPS
    model = at.found(str(own))
    assert (model.path, model.verbatim, model.advice) == (own, False, None)
    model = at.found(at.tmp / "mine-verbatim")
    assert (model.name, model.verbatim, model.fillers) == ("mine-verbatim", True, ("um", "uh"))
    assert at.found().path == at.stock


def test_a_verbatim_model_that_is_named_is_made_anew_from_its_original(at):
    own = small_models.write(at.tmp / "mine", FILES)
    made = at.run(str(own))
    (made / "README").unlink()
    with pytest.raises(ModelError, match=rf"README is missing\. Run: assistant models install {own}$"):
        at.found(made)
    assert at.run(str(made)) == made
    assert at.found(made).path == made
    assert at.run() == at.made
    assert at.run(MADE) == at.made


def test_an_original_that_was_changed_makes_it_anew(at):
    own = small_models.write(at.tmp / "mine", FILES)
    made = at.run(str(own))
    (own / "conf" / "model.conf").unlink()
    (own / "conf" / "model.conf").write_text("--beam=13.0\n")
    at.run(str(own))
    assert (made / "conf" / "model.conf").read_text() == "--beam=13.0\n"


def test_a_model_in_the_older_flat_layout_is_made_verbatim(at):
    own = small_models.write(at.tmp / "flat", {path.rpartition("/")[2]: content for path, content in FILES.items()})
    assert loops_in(at.run(str(own)), "Gr.fst") == LOOPS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GRAPH[:-100], r"it is damaged: it ends too early\. Put a sound copy of it there"),
        (language_models.header("compact", 2, 0, 0, 0, None), "it is laid out as 'compact'"),
        (language_models.ngram_file(LANGUAGE), r"it holds no words, and words\.txt beside it can't be read"),
    ],
)
def test_a_language_model_that_cannot_be_used_is_told_with_a_way_out(at, content, said):
    own = small_models.write(at.tmp / "mine", FILES | {"graph/Gr.fst": content})
    with pytest.raises(ModelError, match=said) as caught:
        at.run(str(own))
    assert str(own / "graph" / "Gr.fst") in caught.value.sentence
    assert f"--model {own}" in caught.value.sentence
    assert not (at.tmp / "mine-verbatim").exists()


# --- Finding it, and what is wrong with it ---


def test_the_verbatim_model_is_the_default_and_the_other_is_had_by_name_or_path(at):
    at.run()
    model = at.found()
    assert (model.name, model.path, model.verbatim) == (MADE, at.made, True)
    assert (model.language, model.fillers, model.advice) == ("en-us", ("um", "uh"), None)
    assert model.entry is at.usual.default
    for wanted in (small_models.NAME, str(at.stock), at.stock):
        stock = at.found(wanted)
        assert (stock.path, stock.verbatim, stock.advice) == (at.stock, False, None)
    assert at.found(MADE).path == at.made


def test_the_verbatim_model_goes_on_working_without_the_other(at):
    at.run()
    for path in FILES:
        (at.stock / path).unlink()
    for folder in sorted((path for path in at.stock.rglob("*")), reverse=True):
        folder.rmdir()
    at.stock.rmdir()
    assert at.found().path == at.made
    assert verify(directory=at.models, catalogue=at.usual) == []


def test_a_model_installed_before_there_were_verbatim_ones_works_and_comes_with_advice(at):
    model = at.found()
    assert model.path == at.stock
    assert model.advice.startswith("tiny-model as it is misses most fillers")
    assert model.advice.endswith("run: assistant models install")


def test_one_made_for_other_costs_works_and_comes_with_advice(at):
    at.run()
    model = at.found(catalogue=at.catalogue({"um": 2.0}))
    assert model.path == at.made
    assert model.advice.endswith("To make it again, run: assistant models install")


def test_a_folder_that_is_only_called_verbatim_is_not_the_default(at):
    small_models.write(at.made, FILES)
    assert at.found().path == at.stock
    assert at.listed()[MADE].state is State.OWN


def test_the_list_shows_both_and_which_is_the_default(at):
    assert [(status.name, status.is_default) for status in at.listed().values()] == [(small_models.NAME, True)]
    at.run()
    listed = at.listed()
    assert [(status.name, status.state, status.is_default) for status in listed.values()] == [
        (small_models.NAME, State.INSTALLED, False),
        (MADE, State.VERBATIM, True),
    ]
    sizes = {path: (at.made / path).stat().st_size for path in FILES}
    assert listed[MADE].size_bytes == sum(sizes.values())


def test_one_flipped_bit_is_found_in_what_was_made_and_in_what_is_shared(at):
    at.run()
    assert verify(directory=at.models, catalogue=at.usual) == []
    for path in ("graph/Gr.fst", "am/final.mdl"):
        content = bytearray((at.made / path).read_bytes())
        content[200] ^= 1
        (at.made / path).write_bytes(content)
    at.found()
    found = verify(directory=at.models, catalogue=at.usual)
    assert sorted(finding.path for finding in found) == ["am/final.mdl", "graph/Gr.fst"]
    assert all("SHA-256" in finding.problem for finding in found)


def test_a_manifest_that_lies_about_what_is_shared_is_found_out(at):
    at.run()
    told = json.loads((at.made / "verbatim.json").read_text())
    told["originals"]["README"]["sha256"] = "0" * 64
    (at.made / "README").unlink()
    (at.made / "README").write_bytes(b"?" * len(FILES["README"]))
    (at.made / "verbatim.json").write_text(json.dumps(told))
    (finding,) = verify(directory=at.models, catalogue=at.usual)
    assert finding.path == "README"


def test_the_remedy_for_a_damaged_model_of_the_persons_own_is_theirs(at):
    own = locate(small_models.write(at.tmp / "mine", FILES), directory=at.models, catalogue=at.usual)
    assert damage_error(own, [IntegrityIssue(".", "is odd")], at.usual).sentence.endswith("Put a sound copy there.")
