"""Installations that are killed, wait for each other, or meet a disk that won't have them."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models import load_catalogue
from assistant.models.installation import describe_disk_error, install
from assistant.models.installed import find, statuses
from tests.support import small_models

FILES = small_models.tiny_files()


def everything(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("before", ["nothing", "a damaged model"])
@pytest.mark.parametrize(("stage", "done"), [("Downloading", 50_000), ("Unpacking", 100), ("Unpacking", 250_000)])
def test_a_killed_installation_leaves_no_half_model_and_the_next_one_completes_it(stage, done, before, tmp_path):
    models = tmp_path / "models"
    if before == "a damaged model":
        small_models.write(models / small_models.NAME, {"am/final.mdl": b"damaged"})
    with small_models.Site(small_models.zipped(FILES)) as site:
        file = small_models.catalogue_file(tmp_path / "c.toml", FILES, [site.source])
        killed = small_models.install_and_kill(models, file, stage, done)
        assert killed.returncode == -signal.SIGKILL
        leftovers = [name for name in everything(models) if name.startswith(".install-")]
        assert len(leftovers) == 1
        with pytest.raises(ModelError):
            find(directory=models, catalogue=load_catalogue(file))

        path = install(directory=models, catalogue=load_catalogue(file))
        assert len(site.requests) == (2 if stage == "Downloading" else 1)
    assert small_models.contents(path) == FILES
    assert everything(models) == [".installing", small_models.NAME]


def test_a_second_installation_waits_for_the_first_and_uses_its_model(tmp_path):
    models = tmp_path / "models"
    waiting = threading.Event()
    second = small_models.Notes()
    second.note = lambda text: (second.notes.append(text), waiting.set())
    paths = []
    with small_models.Site(small_models.zipped(FILES), holds_after=50_000) as site:
        catalogue = small_models.catalogue(tmp_path, FILES, [site.source])

        def run(progress=None):
            paths.append(install(directory=models, catalogue=catalogue, progress=progress))

        threads = [threading.Thread(target=run), threading.Thread(target=run, args=(second,))]
        threads[0].start()
        assert site.holding.wait()
        threads[1].start()
        assert waiting.wait()
        site.release.set()
        for thread in threads:
            thread.join()
        assert site.requests == [None]
    assert paths == [models / small_models.NAME] * 2
    assert small_models.contents(paths[0]) == FILES
    assert f"Another installation (process {os.getpid()}) is at work in {models}" in second.notes[0]
    assert "already installed" in second.notes[1]


def test_where_there_are_no_locks_a_model_is_installed_all_the_same(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(fcntl, "flock", refuse)
    models = tmp_path / "models"
    # Somebody else may be at work in the younger of these, and none is told.
    small_models.write(models / ".install-young", {"x": b"x"})
    small_models.write(models / ".install-old", {"x": b"x"})
    os.utime(models / ".install-old", (0, 0))
    with small_models.Site(small_models.zipped(FILES)) as site:
        path = install(directory=models, catalogue=small_models.catalogue(tmp_path, FILES, [site.source]))
    assert small_models.contents(path) == FILES
    assert everything(models) == [".install-young", ".installing", small_models.NAME]


def test_too_little_room_is_told_before_anything_is_fetched(tmp_path):
    with small_models.Site(small_models.zipped(FILES)) as site:
        catalogue = small_models.catalogue(tmp_path, FILES, [(site.url, 10**18)])
        with pytest.raises(
            ModelError, match=r"too little room .* installing takes 2000000000000 MB\. Make room, or let"
        ):
            install(directory=tmp_path / "models", catalogue=catalogue)
        assert site.requests == []


def test_a_disk_that_fills_up_halfway_is_told_and_left_clean(tmp_path):
    # In a mount of its own of ten pages; a model of fourteen small files needs more of them than its bytes tell.
    files = {f"am/{number}": b"x" for number in range(14)}
    models = tmp_path / "small disk"
    models.mkdir()
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.models.catalogue import load_catalogue\n"
        "from assistant.models.installation import install\n"
        "try: install(directory=Path(sys.argv[1]), catalogue=load_catalogue(Path(sys.argv[2])))\n"
        "except Exception as error: print(type(error).__name__, error)\n"
        "print(sorted(path.name for path in Path(sys.argv[1]).iterdir()))\n"
    )
    mount = 'mount -t tmpfs -o size=40k none "$1" && exec "$0" -c "$3" "$1" "$2"'
    with small_models.Site(small_models.zipped(files)) as site:
        file = small_models.catalogue_file(tmp_path / "c.toml", files, [site.source])
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", mount, sys.executable, models, file, code],
            capture_output=True,
            text=True,
            check=False,
        )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    first, left = done.stdout.splitlines()
    assert first.startswith("ModelError There is too little room for the speech model tiny-model on the disk of ")
    assert left == "['.installing', '.tiny-model.zip.part']"


@contextmanager
def as_nobody():
    """Be somebody who isn't root, for root may read and write everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that everybody gets to, as pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_folder_that_may_not_be_written_to_is_told_with_a_way_out(tmp_path, open_folder):
    catalogue = small_models.catalogue(tmp_path)
    open_folder.chmod(0o555)
    said = f"can't be installed in {open_folder}: permission denied. Let ASSISTANT_MODELS name a folder"
    with as_nobody(), pytest.raises(ModelError, match=said):
        install(directory=open_folder, catalogue=catalogue)


def test_a_sound_model_in_a_folder_that_may_not_be_written_to_is_good_enough(tmp_path, open_folder):
    catalogue = small_models.catalogue(tmp_path)
    path = small_models.write(open_folder / small_models.NAME, FILES)
    open_folder.chmod(0o555)
    with as_nobody():
        assert install(directory=open_folder, catalogue=catalogue) == path


def test_a_model_that_this_user_may_not_read_is_told(tmp_path, open_folder):
    catalogue = small_models.catalogue(tmp_path)
    path = small_models.write(open_folder / small_models.NAME, FILES)
    (path / "am" / "final.mdl").chmod(0)
    with as_nobody(), pytest.raises(ModelError, match=r"am/final\.mdl can't be read: Permission denied"):
        find(directory=open_folder, catalogue=catalogue)
    path.chmod(0)
    with as_nobody(), pytest.raises(ModelError, match="can't be read: Permission denied"):
        find(directory=open_folder, catalogue=catalogue)
    with as_nobody(), pytest.raises(ModelError, match="it can't be read: Permission denied"):
        find(path, directory=tmp_path / "models", catalogue=catalogue)
    path.chmod(0o755)
    open_folder.chmod(0)
    with as_nobody(), pytest.raises(ModelError, match="can't be looked for: Permission denied"):
        find(directory=open_folder, catalogue=catalogue)
    with as_nobody(), pytest.raises(ModelError, match="can't be looked for: Permission denied"):
        statuses(directory=open_folder, catalogue=catalogue)
    open_folder.chmod(0o755)


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "models").write_text("not a folder")
    with pytest.raises(ModelError, match=r"can't be installed in .*: file exists"):
        install(directory=tmp_path / "models", catalogue=small_models.catalogue(tmp_path))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_used_up_quota_is_a_full_disk(number, tmp_path):
    entry = load_catalogue().default
    said = describe_disk_error(OSError(number, os.strerror(number)), entry, tmp_path).sentence
    assert "installing takes 153 MB" in said


def test_ctrl_c_leaves_nothing_but_the_download_to_go_on_from(tmp_path):
    models = tmp_path / "models"
    with small_models.Site(small_models.zipped(FILES)) as site:
        file = small_models.catalogue_file(tmp_path / "c.toml", FILES, [site.source])
        small_models.install_and_kill(models, file, "Unpacking", 100, "SIGINT")
    assert everything(models) == [".installing", ".tiny-model.zip.part"]
