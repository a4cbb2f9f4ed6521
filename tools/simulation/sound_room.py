"""A virtual room made of a private PulseAudio daemon, for machines without a sound card.

It has two null sinks. The default microphone hears what is played into ``room``; what a program plays to the default
output goes to ``speaker`` and can be recorded. Killing the daemon simulates a pulled plug, and halting it a sound
system that hangs.

The daemon must be up before PortAudio starts in a process, or PortAudio sees no devices; `SoundRoom.open` takes care
of that for this process.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
from typing_extensions import Self

from tools.simulation.pace import wait_until

RATE_HZ = 48_000
"""Rate of the room's two sinks, and of recordings of the speaker."""

# norewinds: otherwise a null sink works two seconds ahead, and its monitor delivers in chunks of that length.
_SINK = f"rate={RATE_HZ} norewinds=1"

_ON_THE_WAY_S = 0.05
"""The longest delay from playing to recording."""


class NoSoundServerError(Exception):
    """No PulseAudio daemon can be started here."""


class SpeakerRecording:
    """What comes out of the speaker, or goes into the room, from `start` on, as int16 mono at `RATE_HZ`."""

    def __init__(self, environment: dict[str, str], sink: str = "speaker") -> None:
        self._environment = environment
        self._source = f"{sink}.monitor"
        self._sound = bytearray()
        self._lock = threading.Lock()
        self._began = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self.started = float("inf")
        """Time of the first sample, on the clock of `time.monotonic`; exact to some 20 ms."""

    def start(self) -> None:
        """Begin, and return when the first samples have arrived."""
        command = ["parec", "-d", self._source, "--raw", "--format=s16le", f"--rate={RATE_HZ}", "--channels=1"]
        self._process = subprocess.Popen(
            [*command, "--latency-msec=20"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        wait_until(self._began.is_set)

    def stop(self) -> npt.NDArray[np.int16]:
        """End, and return everything that was heard."""
        if self._process is not None and self._reader is not None:
            self._process.terminate()
            self._reader.join()
            self._process.wait()
        return self.samples

    @property
    def samples(self) -> npt.NDArray[np.int16]:
        """Everything heard so far."""
        return self.since(0)

    @property
    def length(self) -> int:
        """The number of samples heard so far."""
        with self._lock:
            return len(self._sound) // 2

    def since(self, sample: int) -> npt.NDArray[np.int16]:
        """Everything heard so far from this sample on."""
        with self._lock:
            return np.frombuffer(bytes(self._sound[2 * sample : len(self._sound) // 2 * 2]), np.int16)

    def up_to_now(self) -> npt.NDArray[np.int16]:
        """Everything heard up to now, once it has come through the monitor."""
        called = time.monotonic()
        wait_until(lambda: self.time_of(self.length) > called + _ON_THE_WAY_S)
        return self.samples

    def time_of(self, sample: int) -> float:
        """The time when a sample came out of the speaker, on the clock of `time.monotonic`."""
        return self.started + sample / RATE_HZ

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        while chunk := os.read(self._process.stdout.fileno(), 65_536):
            now = time.monotonic()
            with self._lock:
                self._sound += chunk
                # No sample arrives before it was played, so the earliest of all these guesses is the best one.
                self.started = min(self.started, now - len(self._sound) / 2 / RATE_HZ)
            self._began.set()


class SoundRoom:
    """The room, as a context manager. Programs started with `environment` are in it."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._daemon: subprocess.Popen[bytes] | None = None
        self._before: dict[str, str | None] = {}
        self._players: list[subprocess.Popen[bytes]] = []
        self.environment: dict[str, str] = {}

    def open(self) -> None:
        """Start the daemon and connect this process's PortAudio to it.

        Raises
        ------
        NoSoundServerError
            PulseAudio isn't installed, or doesn't start.
        """
        for program in ("pulseaudio", "pactl", "paplay", "parec"):
            if shutil.which(program) is None:
                raise NoSoundServerError(f"{program} is not installed (apt-get install pulseaudio pulseaudio-utils)")
        self._folder = Path(tempfile.mkdtemp(prefix="sound-room-"))
        (self._folder / "pulse").mkdir(mode=0o700)
        ours = {
            "PULSE_SERVER": f"unix:{self._folder}/pulse/native",
            "PULSE_COOKIE": f"{self._folder}/cookie",
            "PULSE_RUNTIME_PATH": f"{self._folder}/pulse",
        }
        self._before = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        self.environment = dict(os.environ)
        try:
            self.plug_in()
        except NoSoundServerError:
            self.close()
            raise
        restart_portaudio()

    def close(self) -> None:
        """Stop everything that was started, and restore the environment."""
        for player in self._players:
            if player.poll() is None:
                player.kill()
            player.wait()
        self._players.clear()
        self.thaw()
        self.pull_the_plug()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def plug_in(self) -> None:
        """Start the daemon (again)."""
        assert self._folder is not None
        with contextlib.suppress(FileNotFoundError):
            (self._folder / "pulse" / "native").unlink()
        environment = {name: value for name, value in self.environment.items() if name != "PULSE_SERVER"}
        modules = [
            "module-native-protocol-unix auth-anonymous=1",
            f"module-null-sink sink_name=room {_SINK}",
            f"module-null-sink sink_name=speaker {_SINK}",
        ]
        self._daemon = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
            + [word for module in modules for word in ("-L", module)],
            env=environment | {"XDG_RUNTIME_DIR": str(self._folder), "HOME": str(self._folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._is_set_up)

    def pull_the_plug(self) -> None:
        """Kill the daemon, and with it all devices."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
        self._daemon = None

    def add_echo(self, level_db: float, delay_s: float) -> None:
        """Let the microphone hear the speaker, changed by `level_db`, and at least `delay_s` later.

        Raises
        ------
        NoSoundServerError
            If the daemon can't.
        """
        before = self._players_in_server()
        latency = f"latency_msec={round(1000 * delay_s)}"
        if not self._control("load-module", "module-loopback", "source=speaker.monitor", "sink=room", latency):
            raise NoSoundServerError("pulseaudio has no module-loopback")
        wait_until(lambda: self._players_in_server() > before)
        [echo] = self._players_in_server() - before
        self._control("set-sink-input-volume", echo, f"{level_db}dB")

    def _players_in_server(self) -> set[str]:
        done = subprocess.run(
            ["pactl", "list", "short", "sink-inputs"], env=self.environment, capture_output=True, text=True, check=False
        )
        return {line.split()[0] for line in done.stdout.splitlines()}

    def freeze(self) -> None:
        """Halt the daemon: its devices exist but do nothing."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen daemon go on."""
        if self._daemon is not None:
            self._daemon.send_signal(signal.SIGCONT)

    def say(self, sound: Path) -> subprocess.Popen[bytes]:
        """Start to play an audio file into the room; it ends with the returned process."""
        player = subprocess.Popen(
            ["paplay", "-d", "room", "--latency-msec=50", str(sound)],
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        self._players.append(player)
        return player

    @contextlib.contextmanager
    def recording(self, sink: str = "speaker") -> Iterator[SpeakerRecording]:
        """Record what comes out of the speaker, or what goes into the ``room``."""
        recording = SpeakerRecording(self.environment, sink)
        recording.start()
        try:
            yield recording
        finally:
            recording.stop()

    def _is_set_up(self) -> bool:
        assert self._daemon is not None
        if self._daemon.poll() is not None:
            raise NoSoundServerError("pulseaudio doesn't start")
        return self._control("set-default-source", "room.monitor") and self._control("set-default-sink", "speaker")

    def _control(self, *command: str) -> bool:
        done = subprocess.run(["pactl", *command], env=self.environment, stderr=subprocess.DEVNULL, check=False)
        return done.returncode == 0

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def tone(seconds: float, rate_hz: int, *, amplitude: float = 0.5, hertz: float = 440.0) -> npt.NDArray[np.int16]:
    """A sine as int16; its level is 20 log10(amplitude) - 3.01 dBFS."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.rint(amplitude * 32_767 * np.sin(2 * np.pi * hertz * time_s)).astype(np.int16)


def restart_portaudio() -> None:
    """Make PortAudio look for devices again.

    An abandoned call from an earlier test may still hold it, on a busy machine for a while.
    """
    wait_until(_is_restarted)


def _is_restarted() -> bool:
    from assistant.audio.portaudio import PORTAUDIO
    from assistant.errors import DeviceError

    try:
        PORTAUDIO.restart()
    except DeviceError:
        return False
    return True
