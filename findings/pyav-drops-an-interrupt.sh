#!/usr/bin/env bash
# PyAV decodes from a Python file object, too, and calls its `read` and `seek` out of FFmpeg. It keeps an Exception that
# they raise, and raises it again when FFmpeg returns; one that is only a BaseException (KeyboardInterrupt, SystemExit, or
# whatever a program's handler of SIGTERM raises) is printed as "Exception ignored", and decoding goes on to the end of
# the file. A Ctrl-C that comes while the file is being read is therefore lost. Hold signals back around PyAV's calls.
#
# Seen with av 18.1.0, Python 3.11, x86-64, on a WAV of one second:
#   read or seek raises OSError              raised again
#   read or seek raises KeyboardInterrupt    printed, not raised
# Exits 1 if that is no longer so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps av==18.1.0
"$folder/venv/bin/python" - 2>"$folder/printed" <<'END'
import io
import struct
import sys

import av

sound = b"\0\0" * 16_000
head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(sound), b"WAVE", b"fmt ", 16, 1, 1, 16_000, 32_000, 2, 16,
                   b"data", len(sound))


class Interrupted(io.BytesIO):
    """A file in which something comes up once, in the first call of one of its functions."""

    def __init__(self, where, error):
        super().__init__(head + sound)
        self.where, self.error, self.raised = where, error, False

    def come(self, where):
        if where == self.where and not self.raised:
            self.raised = True
            raise self.error

    def read(self, size=-1):
        self.come("read")
        return super().read(size)

    def seek(self, offset, whence=0):
        self.come("seek")
        return super().seek(offset, whence)


def heard(where, error):
    file = Interrupted(where, error)
    try:
        with av.open(file) as container:
            samples = sum(frame.samples for frame in container.decode(audio=0))
    except BaseException as came:
        return file.raised and type(came).__name__
    return file.raised and f"{samples} samples"


results = [heard(where, error) for where in ("read", "seek") for error in (OSError("no disk"), KeyboardInterrupt())]
for place, result in zip(("read, OSError", "read, KeyboardInterrupt", "seek, OSError", "seek, KeyboardInterrupt"), results):
    print(f"{place:24} {result}")
sys.exit(not all(result == "OSError" for result in results[::2]) or "KeyboardInterrupt" in results)
END
grep -c "Exception ignored\|KeyboardInterrupt" "$folder/printed" >/dev/null && echo "the interrupts were printed" && echo "as seen"
