"""Sound written as phones, browsers and recorders write it, with FFmpeg's encoders."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np

from assistant.audio.frame import RATE_HZ, Samples

_LAMBDA = 118
"""FFmpeg counts qualities in these."""


class _Pipe(io.RawIOBase):
    """What is written can't be gone back to, so that headers stay as they were at first."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)


def encode(
    path: Path,
    sound: Samples,
    container: str,
    codec: str,
    rate_hz: int = RATE_HZ,
    *,
    quality: int | None = None,
    piped: bool = False,
    options: Mapping[str, str] | None = None,
) -> Path:
    """Write mono sound at `RATE_HZ` into a file of the given container and codec.

    Parameters
    ----------
    path : Path
    sound : ndarray of int16
    container, codec : str
        Names that FFmpeg knows.
    rate_hz : int
        Rate in the file.
    quality : int, optional
        For a bit rate that varies; 0 is best.
    piped : bool
        Whether to write it as into a pipe.
    options : mapping of str to str, optional
        Of the container.
    """
    pipe = _Pipe()
    with av.open(pipe if piped else str(path), "w", format=container, options=dict(options or {})) as file:
        track = file.add_stream(codec, rate=rate_hz)
        assert isinstance(track, av.AudioStream)
        context = track.codec_context
        context.layout = "mono"
        if quality is not None:
            context.qscale = True
            context.global_quality = quality * _LAMBDA
        context.open()
        whole = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[None, :]), format="s16", layout="mono")
        whole.sample_rate = RATE_HZ
        resampler = av.AudioResampler(context.format, "mono", rate_hz, frame_size=context.frame_size or 1024)
        for frame in (*resampler.resample(whole), *resampler.resample(None)):
            file.mux(track.encode(frame))
        file.mux(track.encode(None))
    if piped:
        path.write_bytes(pipe.data)
    return path
