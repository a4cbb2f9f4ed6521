"""Decoders of audio files: blocks of samples until nothing more can be decoded, whatever the header says.

What counts is what decodes. libsndfile (through ``soundfile``) reads uncompressed files, whose samples can be counted.
FFmpeg (through PyAV) decodes everything else, and files whose header is wrong: where an MP3 has no Xing header,
libsndfile guesses its length and stops reading there, without an error.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt

from assistant.deferred_signals import interrupts_held_back
from assistant.errors import AudioFileError

if TYPE_CHECKING:
    import av
    from av.container import InputContainer

READABLE = "WAV, FLAC, OGG, AIFF, MP3, M4A, WebM, WMA, AMR and the sound of videos"
"""What people are told can be read."""

_BLOCK_FRAMES = 4096
_UNKNOWN_SIZE = 0x7FFF_0000
"""A data size from here on is what programs write that don't know it beforehand, and promises nothing."""
_LEAST_BEHIND = 4_000
"""Fewer bytes behind the sound than these, a tenth of a second, may be anything, such as a tag."""
_UNCOMPRESSED = (
    *(b"RIFF", b"RIFX", b"RF64", b"FORM", b".snd", b"caff", b"riff"),
    *(b"Creative Voice", b" paf", b"fap ", b"NIST_1A", b"2BIT", b"PVF1"),
)
"""How the files begin that libsndfile reads; "riff" is Sony's W64, those of the second line are rare."""
_DEMUXERS = (
    "aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dsf,dts,eac3,flac,flv,loas,matroska,mov,mp3,mpc,mpc8,mpeg,mpegts,"
    "ogg,rm,tak,tta,w64,wav,webm,wv,xwma"
)
"""What FFmpeg may take a file for. Playlists aren't among them, or they could open other files, and addresses."""
_PRIMING = {"mp3": 1105, "aac": 1024}
"""Samples by which decoded sound is late where the file doesn't say so: an MP3 encoder's delay (LAME's 576) and its
decoder's (529), and the frame that AAC needs to begin with."""
_FORMATS = ("u8", "s16", "s32", "flt", "dbl", "u8p", "s16p", "s32p", "fltp", "dblp")
_LOSSLESS = ("pcm_", "flac", "alac", "wavpack", "ape", "tta")
_SHORT_S = 0.05
_SHORT_COMPRESSED_S = 0.3
"""Anything shorter that is missing is padding, not a loss."""
_HOLE_S = 0.1
"""From here on, a leap in the times of a compressed file is sound that is missing; browsers' are off by some 60 ms."""
_LONGEST_HOLE_S = 60.0
"""A longer leap is a damaged time, not a hole; and so is one after which there is less sound than holes."""
_FFMPEG_TROUBLE = (ValueError, OSError, LookupError, ArithmeticError, NotImplementedError, MemoryError)
"""What PyAV raises besides its own errors, such as where a damaged file sends it to a place before its beginning."""


@dataclass(frozen=True, slots=True)
class Block:
    """Decoded sound.

    Attributes
    ----------
    samples : ndarray of int16 or float, shape (n, channels)
        Floats have full scale at 1.0.
    rate_hz : int
    hole_s : float
        What is missing between the block before and this one, in seconds.
    """

    samples: npt.NDArray[Any]
    rate_hz: int
    hole_s: float = 0.0


class Decoder(Protocol):
    """An open file.

    Attributes
    ----------
    promised_s : float or None
        Length that the header promises, in seconds; None where it promises nothing.
    tolerance_s : float
        By how much the length may differ, in seconds.
    faults : list of str
        What is wrong with the file, as ends of a sentence that begins with its name; complete after the last block.
    """

    promised_s: float | None
    tolerance_s: float
    faults: list[str]

    def blocks(self) -> Iterator[Block]:
        """The sound from the file's beginning to its end, or to where it can't be decoded any more."""

    def close(self) -> None:
        """Let go of the file. May be called twice."""


def open_decoder(path: Path) -> Decoder:
    """Open an audio file with the decoder that reads all of it.

    Raises
    ------
    AudioFileError
        Not audio, an unknown kind of it, or without a single sample.
    """
    with path.open("rb") as file:
        head = file.read(16)
        unfinished = head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE" and _is_longer_than_it_says(file)
    if unfinished or not head.startswith(_UNCOMPRESSED):
        return CompressedDecoder(path, ignore_length=unfinished)
    try:
        decoder = UncompressedDecoder(path)
    except AudioFileError:
        return CompressedDecoder(path)
    if decoder.samples:
        return decoder
    decoder.close()
    raise AudioFileError(f"{path} holds no sound: it has a header and not a single sample.")


def _not_audio(path: Path) -> AudioFileError:
    return AudioFileError(
        f"{path} is not audio that can be read, or is damaged beyond use. These can be read: {READABLE}."
    )


def _is_longer_than_it_says(file: BinaryIO) -> bool:
    """Whether the sound of a WAV goes on behind the end that its header gives it.

    Recorders write the length last, or now and then; one that dies leaves 0, or an old length. Then what comes behind
    the data isn't another chunk, but sound.
    """
    size = file.seek(0, 2)
    at, data, sixty_four = 12, None, None
    while at + 8 <= size:
        file.seek(at)
        name, length = struct.unpack("<4sI", file.read(8))
        # Another header: recordings were joined as if they were texts.
        joined = name == b"RIFF"
        if data is not None and (joined or not _is_chunk_name(name) or length > size - at - 8):
            return not data or (size - at >= _LEAST_BEHIND and _holds_something(file, at))
        if name == b"ds64":
            sixty_four = struct.unpack("<Q", file.read(16)[8:].ljust(8, b"\0"))[0]
        if name == b"data":
            if length == 0xFFFF_FFFF and sixty_four is not None:
                length = sixty_four
            if length >= _UNKNOWN_SIZE and length > size - at - 8:
                return False
            data = length
        at += 8 + length + length % 2
    return False


def _holds_something(file: BinaryIO, at: int) -> bool:
    """Whether there is more from here on than the zeros that some recorders fill a file up with."""
    file.seek(at)
    return any(file.read(1 << 16))


def _is_chunk_name(name: bytes) -> bool:
    return all(0x20 <= byte < 0x7F for byte in name)


class UncompressedDecoder:
    """A `Decoder`: libsndfile. The constructor opens the file.

    Attributes
    ----------
    samples : int
        In each channel, as libsndfile counts them.
    """

    def __init__(self, path: Path) -> None:
        import soundfile

        self.faults: list[str] = []
        self.tolerance_s = _SHORT_S
        try:
            self._file = file = soundfile.SoundFile(str(path))
        except (soundfile.LibsndfileError, TypeError) as error:
            # TypeError: a ".raw" file, whose rate and width nobody can know.
            raise _not_audio(path) from error
        self.samples = file.frames
        # soundfile seeks after each block of a file that can seek, to where it is already; some decoders lose their
        # thread by that.
        file._info.seekable = 0
        self.promised_s: float | None = file.frames / file.samplerate * (1 + _promised_but_absent(file.extra_info))

    def blocks(self) -> Iterator[Block]:
        """As `Decoder`."""
        import soundfile

        while not self._file.closed:
            try:
                block = self._file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)
            except soundfile.LibsndfileError:
                # What is cut off ends like this; what was decoded before is good.
                return
            if not len(block):
                return
            yield Block(block, self._file.samplerate)

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        self._file.close()


def _promised_but_absent(header_log: str) -> float:
    """How much a header promises beyond what is in the file, over what is in the file.

    libsndfile shortens a file to what there is and leaves the promise only in its log:
    "data : 128000 (should be 63978)".
    """
    for promised, actual in re.findall(
        r"(?:data|SSND|Data Size|Riff size|riff)\s*: (\d+) \(should be (\d+)\)", header_log
    ):
        if int(actual) < int(promised) < _UNKNOWN_SIZE and int(actual):
            return int(promised) / int(actual) - 1.0
    return 0.0


class CompressedDecoder:
    """A `Decoder`: FFmpeg. The constructor opens the file.

    An interrupt waits for FFmpeg: raised while FFmpeg reads the file through Python, it would be printed and forgotten.

    Packets that can't be decoded are passed over; what they held, and what a leap in the file's times leaves out, is a
    hole.

    Parameters
    ----------
    path : Path
    ignore_length : bool
        Whether to go on behind the end that a WAV's header gives.
    """

    def __init__(self, path: Path, *, ignore_length: bool = False) -> None:
        import av

        self.faults: list[str] = []
        self._path = path
        self._file = file = path.open("rb")
        options = {"format_whitelist": _DEMUXERS, "protocol_whitelist": "none"}
        if ignore_length:
            options["ignore_length"] = "1"
        try:
            # A nameless stream: FFmpeg would believe a name's ending more than what is in the file.
            with interrupts_held_back():
                self._container: InputContainer = av.open(_Nameless(file), "r", options=options)
        except (av.FFmpegError, *_FFMPEG_TROUBLE) as error:
            file.close()
            raise _unreadable(path) from error
        tracks = self._container.streams.audio
        if not tracks:
            silent_film = bool(self._container.streams.video)
            self.close()
            if silent_film:
                raise AudioFileError(f"{path} has pictures and no sound: it is a video without a sound track.")
            raise _not_audio(path)
        # Of a track of an unknown kind there is no more than its number.
        known = [track for track in tracks if getattr(track, "codec_context", None) is not None]
        if not known:
            self.close()
            raise _not_audio(path)
        self._track = known[0]
        if len(tracks) > 1:
            self.faults.append(f"has {len(tracks)} sound tracks, of which only the first is heard")
        lossless = self._track.codec_context.codec.canonical_name.startswith(_LOSSLESS)
        self.tolerance_s = _SHORT_S if lossless else _SHORT_COMPRESSED_S
        self._drop = 0
        self.promised_s = None if ignore_length else self._promise()
        if ignore_length:
            self.faults.append("is longer than its header says, and is heard to its end")

    def blocks(self) -> Iterator[Block]:
        """As `Decoder`.

        Raises
        ------
        AudioFileError
            FFmpeg took something for audio that isn't.
        """
        decoded, due_s, holes_s = 0, None, 0.0
        ends_s = self._length() if self._container.format.name == "ogg" else None
        for frame, lost_s in self._frames():
            begins_s = frame.time if frame.time is not None else due_s
            hole_s = max(lost_s, begins_s - due_s) if begins_s is not None and due_s is not None else lost_s
            due_s = begins_s + frame.samples / frame.rate if begins_s is not None else None
            samples = _as_array(frame)
            decoded += len(samples)
            # The last page of an Ogg says where in its last block the sound ends; FFmpeg doesn't always heed it.
            beyond = decoded - round(ends_s * frame.rate) if ends_s is not None else 0
            kept = samples[self._drop : len(samples) - (beyond if 0 < beyond < len(samples) else 0)]
            self._drop -= min(self._drop, len(samples))
            if not _HOLE_S <= hole_s <= _LONGEST_HOLE_S or holes_s + hole_s > _LONGEST_HOLE_S + decoded / frame.rate:
                hole_s = 0.0
            holes_s += hole_s
            yield Block(kept, frame.rate, hole_s)
        # Opus leaves out packets where nobody speaks.
        if holes_s and self._track.codec_context.name not in ("opus", "libopus"):
            self.faults.append(f"has holes, {holes_s:.1f} s in all, which are heard as silence")

    def _frames(self) -> Iterator[tuple[av.AudioFrame, float]]:
        """Each decoded frame, and how many seconds the bytes before it may have held that can't be decoded."""
        import av

        good = bad = bad_inside = size = undecoded = 0
        duration_s = 0.0
        packets = self._container.demux(self._track)
        while bad <= _MOST_ERRORS:
            packet = None
            try:
                with interrupts_held_back():
                    packet = next(packets, None)
                    frames = packet.decode() if packet is not None else []
                if packet is None:
                    break
                if not good + undecoded:
                    self._drop = self._late_by(packet)
            except EOFError:
                break
            except (av.FFmpegError, *_FFMPEG_TROUBLE):
                bad += 1
                undecoded += packet.size if packet is not None else 0
                continue
            if packet.size:
                good, size = good + 1, size + packet.size
            if packet.duration and packet.time_base:
                duration_s = float(packet.duration * packet.time_base)
            for frame in frames:
                if isinstance(frame, av.AudioFrame) and frame.samples and frame.rate and frame.format.name in _FORMATS:
                    # What comes without a container has no times but those that FFmpeg counts.
                    untimed = self._container.format.name in ("mp3", "aac")
                    yield frame, undecoded * good / size * duration_s if untimed and size else 0.0
                    bad_inside, undecoded = bad, 0
        if 0 < good < bad:
            raise _not_audio(self._path)
        if bad_inside:
            self.faults.append(f"is damaged inside: {bad_inside} of its {good + bad} pieces can't be decoded")

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        self._container.close()
        self._file.close()

    def _late_by(self, first: av.Packet[Any]) -> int:
        """How many samples to leave out, given the track's first packet."""
        context = self._track.codec_context
        told = first.has_sidedata("skip_samples") or (first.pts or 0) < 0 or context.delay
        return 0 if told else _PRIMING.get(context.codec.canonical_name, 0)

    def _length(self) -> float | None:
        track = self._track
        return float(track.duration * track.time_base) if track.duration and track.time_base else None

    def _promise(self) -> float | None:
        """The length that is written in the file; FFmpeg guesses one from the bit rate where none is."""
        name = self._container.format.name
        if name == "mp3" and not _has_frame_count(self._file):
            return None
        if name in ("mp3", "flac", "ape", "wv", "tta", "avi", "caf") or name.startswith("mov"):
            return self._length()
        if name in ("asf", "matroska,webm") and self._container.duration:
            return self._container.duration / 1e6
        return None


_MOST_ERRORS = 10_000
"""More packets that can't be decoded than this, and the rest of the file is noise."""


class _Nameless:
    """A file of which FFmpeg learns nothing but what is in it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.read, self.tell = file.read, file.tell

    def seek(self, offset: int, whence: int) -> int:
        """Go to a place; -1 if there is no such place. PyAV would print an exception."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError):
            return -1


def _unreadable(path: Path) -> AudioFileError:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return AudioFileError(
            f"{path} is an MPEG-4 file without its index, which is written last: the recorder was stopped before it "
            "had finished. A program such as untrunc may repair it, with a whole file of that recorder as a model."
        )
    return _not_audio(path)


def _has_frame_count(file: BinaryIO) -> bool:
    """Whether an MP3 says how many frames it has, in a Xing, Info or VBRI header that was filled in."""
    at = file.tell()
    try:
        file.seek(0)
        head = file.read(10)
        tag = 0
        if head[:3] == b"ID3" and len(head) == 10:
            tag = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
        file.seek(tag)
        first = file.read(4_096)
    finally:
        file.seek(at)
    found = re.search(rb"(?:Xing|Info)...[\x01-\xff](....)|VBRI.{10}(....)", first, re.DOTALL)
    return found is not None and any(found[1] or found[2])


def _as_array(frame: av.AudioFrame) -> npt.NDArray[Any]:
    """A frame's samples, of shape (n, channels): int16, or float with full scale at 1.0."""
    array = frame.to_ndarray()
    if not frame.format.is_planar:
        array = array.reshape(-1, frame.layout.nb_channels).T
    if array.dtype == np.uint8:
        array = (array.astype(np.float32) - 128.0) / 128.0
    elif array.dtype == np.int32:
        array = array.astype(np.float32) / 2.0**31
    return np.asarray(array.T)
