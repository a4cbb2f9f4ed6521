"""Reading language models, adding loops, writing them: against models worked out by hand, and against OpenFst."""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.models import State, load_catalogue, statuses
from assistant.models.openfst import ARC, GraphError, pack_graph, read_graph, with_loops
from tests.support import language_models

NAMES = ["<eps>", "um", "a", "b", "uh", "c", "d"]
TRIGRAM = language_models.some_language(7)


def arcs_of(graph, state):
    return graph.arcs[graph.first[state] : graph.first[state + 1]].tolist()


def packed(graph, header):
    size_bytes, pieces = pack_graph(graph, header)
    content = b"".join(pieces)
    assert len(content) == size_bytes
    return content


def assert_same(graph, model):
    """`graph` is `model`, arc by arc."""
    states = model.states
    assert (graph.start, graph.states) == (1, len(states))
    for state, context in enumerate(states):
        assert arcs_of(graph, state) == model.arcs(context), context
        assert graph.finals[state] == model.finals.get(context, float("inf"))


def test_a_packed_model_leads_from_a_word_to_the_longest_context_known():
    # After "a b", "um" leads to "b um", for "a b um" isn't known; after "b", to "b um" as well.
    words = {
        language_models.EMPTY: {1: 5.0, 2: 1.0, 3: 2.0},
        language_models.START: {2: 0.5},
        (1,): {3: 0.25},
        (2,): {3: 0.5},
        (3,): {1: 4.0, 2: 1.5},
        (2, 3): {1: 3.0},
        (3, 1): {2: 0.75},
    }
    backoffs = {context: 0.125 * len(context) for context in words if context}
    model = language_models.LanguageModel(words, backoffs, {language_models.EMPTY: 1.0, (3,): 0.5})
    _, graph = read_graph(language_models.ngram_file(model, NAMES))
    state = model.states.index
    assert arcs_of(graph, state((2, 3))) == [(0, 0, 0.25, state((3,))), (1, 1, 3.0, state((3, 1)))]
    assert arcs_of(graph, state((3,)))[1] == (1, 1, 4.0, state((3, 1)))
    assert arcs_of(graph, state((3, 1)))[1] == (2, 2, 0.75, state((2,)))
    assert_same(graph, model)


@pytest.mark.parametrize("longest", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", range(6))
def test_any_packed_model_is_read_arc_by_arc(seed, longest):
    model = language_models.some_language(seed, longest=longest)
    _, graph = read_graph(language_models.ngram_file(model))
    assert_same(graph, model)


@pytest.mark.parametrize("aligned", [False, True])
def test_a_plain_model_is_read_aligned_or_not(aligned):
    _, graph = read_graph(language_models.const_file(TRIGRAM, NAMES, aligned))
    assert_same(graph, TRIGRAM)


@pytest.mark.parametrize("counted", [False, True])
def test_a_model_state_by_state_is_read_whether_its_states_are_counted_or_not(counted):
    _, graph = read_graph(language_models.vector_file(TRIGRAM, NAMES, counted))
    assert_same(graph, TRIGRAM)


def test_the_words_in_a_model_are_read_with_their_numbers():
    header, _ = read_graph(language_models.ngram_file(TRIGRAM, ["<eps>", "un", "été", "b", "c", "d", "e"]))
    assert header.output_symbols.numbers["été"] == 2
    assert len(header.output_symbols.numbers) == 7


@pytest.mark.parametrize("make", [language_models.ngram_file, language_models.const_file, language_models.vector_file])
def test_every_state_gets_a_loop_for_each_filler_and_nothing_else_changes(make):
    _, graph = read_graph(make(TRIGRAM, NAMES))
    looped = with_loops(graph, {1: 1.0, 4: 2.5})
    for state, context in enumerate(TRIGRAM.states):
        loops = [(1, 1, 1.0, state), (4, 4, 2.5, state)]
        assert sorted(arcs_of(looped, state)) == sorted(TRIGRAM.arcs(context) + loops)
        assert all(before[0] <= after[0] for before, after in pairwise(arcs_of(looped, state)))
    assert (looped.start, looped.finals.tolist()) == (graph.start, graph.finals.tolist())


def test_what_is_written_is_read_again_with_its_words():
    header, graph = read_graph(language_models.ngram_file(TRIGRAM, NAMES))
    looped = with_loops(graph, {1: 1.0})
    again_header, again = read_graph(packed(looped, header))
    assert again_header.kind == "const"
    assert again_header.output_symbols.numbers == {name: number for number, name in enumerate(NAMES)}
    assert np.array_equal(again.arcs, looped.arcs)
    assert again.finals.tolist() == looped.finals.tolist()
    assert (again.start, again.first.tolist()) == (looped.start, looped.first.tolist())


def test_arcs_out_of_order_are_sorted_for_vosk_to_find_them():
    content = language_models.vector_file(
        language_models.LanguageModel({(): {2: 1.0, 3: 0.5}, (0,): {2: 1.0}}, {(0,): 0.5}, {})
    )
    swapped = content[: -16 * 2 - 12 - 16 * 2] + content[-16 - 12 - 16 * 2 : -12 - 16 * 2]
    swapped += content[-16 * 2 - 12 - 16 * 2 : -16 - 12 - 16 * 2] + content[-12 - 16 * 2 :]
    _, graph = read_graph(swapped)
    assert [arc[0] for arc in arcs_of(graph, 0)] == [3, 2]
    assert [arc[0] for arc in arcs_of(with_loops(graph, {1: 1.0}), 0)] == [1, 2, 3]


# --- What can't be used ---


@pytest.mark.parametrize("make", [language_models.ngram_file, language_models.const_file, language_models.vector_file])
def test_a_model_that_ends_too_early_is_damaged_wherever_it_ends(make):
    content = make(TRIGRAM, NAMES)
    for length in range(len(content)):
        with pytest.raises(GraphError, match=r"is damaged|is not a recognition graph"):
            read_graph(content[:length])


@pytest.mark.parametrize("make", [language_models.ngram_file, language_models.const_file, language_models.vector_file])
def test_a_wrong_byte_is_either_noticed_or_makes_a_graph_that_can_be_walked(make):
    content = make(TRIGRAM)
    dice = random.Random(1)
    noticed = 0
    for _ in range(600):
        wrong = bytearray(content)
        wrong[dice.randrange(len(wrong))] ^= 1 << dice.randrange(8)
        try:
            header, graph = read_graph(bytes(wrong))
        except GraphError as error:
            assert str(error).startswith(("is ", "has "))
            noticed += 1
        else:
            packed(with_loops(graph, {1: 1.0}), header)
    assert noticed > 50


def test_a_table_of_words_that_leads_back_into_itself_is_damaged():
    content = language_models.const_file(TRIGRAM, NAMES)
    first = content.index(struct.pack("<i", len(NAMES[0])) + NAMES[0].encode())
    # As many words as there can be, and each begins where the one before it began.
    endless = content[: first - 8] + struct.pack("<qi", 2**62, -12) + content[first + 4 :]
    with pytest.raises(GraphError, match="a word of negative length"):
        read_graph(endless)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "is not a recognition graph"),
        (language_models.header("compact", 2, 0, 0, 0, None), "is laid out as 'compact'; understood are 'ngram'"),
        (language_models.header("const", 2, 0, 0, 0, None, arc_kind="log"), "has weights of the kind 'log'"),
        (language_models.header("ngram", 3, 0, 0, 0, None), "is of version 3 of the layout 'ngram'"),
        (language_models.header("const", 2, -1, 0, 0, None), "is damaged: it begins at state -1 of 0"),
    ],
)
def test_a_graph_of_another_kind_is_called_by_its_name(content, said):
    with pytest.raises(GraphError, match=said):
        read_graph(content)


# --- Against OpenFst ---


PLUGINS = [folder for folder in Path("/usr/lib").glob("*/fst/*") if (folder / "ngram-fst.so").exists()]


@pytest.fixture
def openfst():
    """Runs OpenFst's own programs."""
    if not PLUGINS or not shutil.which("fstprint"):
        pytest.skip("OpenFst isn't here (apt-get install libfst-tools libfst22-plugins-base)")
    surroundings = {**os.environ, "LD_LIBRARY_PATH": str(PLUGINS[0])}

    def run(*command):
        return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)

    return run


def printed(openfst, path):
    """The arcs and final costs of a graph as OpenFst prints them."""
    arcs, finals = set(), {}
    for line in openfst("fstprint", "--numeric", path).stdout.splitlines():
        fields = line.split()
        if len(fields) <= 2:
            finals[int(fields[0])] = float(fields[1]) if len(fields) == 2 else 0.0
        else:
            source, reached, read, out = map(int, fields[:4])
            arcs.add((source, read, out, float(fields[4]) if len(fields) == 5 else 0.0, reached))
    return arcs, finals


@pytest.mark.parametrize("seed", range(4))
def test_openfst_reads_the_same_from_a_small_packed_model(seed, openfst, tmp_path):
    content = language_models.ngram_file(language_models.some_language(seed, longest=4))
    (tmp_path / "small.fst").write_bytes(content)
    _, graph = read_graph(content)
    ours = {(int(source), *arc) for source, arc in zip(graph.sources, graph.arcs.tolist(), strict=True)}
    finals = {state: cost for state, cost in enumerate(graph.finals.tolist()) if cost != float("inf")}
    assert printed(openfst, tmp_path / "small.fst") == (ours, finals)


def test_openfst_finds_every_property_true_that_a_written_model_claims(openfst, tmp_path):
    header, graph = read_graph(language_models.ngram_file(TRIGRAM, NAMES))
    (tmp_path / "looped.fst").write_bytes(packed(with_loops(graph, {1: 1.0, 4: 0.0}), header))
    told = openfst("fstinfo", "--fst_verify_properties", tmp_path / "looped.fst")
    assert told.stderr == ""
    about = dict(line.rsplit(None, 1) for line in told.stdout.splitlines())
    assert about["fst type"] == "const"
    assert about["# of states"] == str(len(TRIGRAM.states))
    assert about["# of arcs"] == str(len(graph.arcs) + 2 * len(TRIGRAM.states))
    assert about["input label sorted"] == "y"
    assert about["cyclic at initial state"] == "y"


def test_openfst_reads_the_same_from_the_whole_installed_model(openfst, tmp_path):
    installed = {status.name: status for status in statuses() if status.state is State.INSTALLED}
    default = installed.get(load_catalogue().default_name)
    if default is None:
        pytest.skip("no speech model is installed here (assistant models install)")
    path = default.path / "graph" / "Gr.fst"
    # OpenFst 1.7.9 can't read its own copy of this model's words, two of which share a number.
    openfst("fstsymbols", "--clear_isymbols", "--clear_osymbols", path, tmp_path / "plain.fst")
    openfst("fstconvert", "--fst_type=const", tmp_path / "plain.fst", tmp_path / "const.fst")
    content = (tmp_path / "const.fst").read_bytes()
    _, graph = read_graph(path.read_bytes())
    arcs = np.frombuffer(content[-len(graph.arcs) * ARC.itemsize :], ARC)
    states = np.frombuffer(content[-len(graph.arcs) * ARC.itemsize - graph.states * 20 : -arcs.nbytes], "<u4")
    assert len(content) - arcs.nbytes - states.nbytes < 100
    assert (graph.states, len(graph.arcs)) == (196_557, 2_195_831)
    assert np.array_equal(graph.arcs, arcs)
    assert np.array_equal(graph.first[:-1], states.reshape(-1, 5)[:, 1])
    assert np.array_equal(graph.finals, states.reshape(-1, 5)[:, 0].copy().view("<f4"))
