#!/usr/bin/env bash
# PyAV's wheel, which faster-whisper brings to decode recordings, carries an FFmpeg that calls itself "LGPL version 3 or
# later". Its libavcodec is linked against x264 and x265 all the same, both under the GPL-2.0-or-later, and offers them as
# encoders: FFmpeg's own configure refuses them without --enable-gpl, which then makes it call itself GPL. Whoever ships
# the wheel with a program, and goes by the licence that `library_meta` tells, ships more than the LGPL.
#
# Seen with av 18.1.0, Python 3.11, x86-64:
#   libavcodec's licence, by itself      LGPL version 3 or later
#   its configuration                    --enable-libx264 --enable-libx265, no --enable-gpl
#   libraries in the wheel               libx264, libx265
#   encoders that can be made            libx264, libx265
# Exits 1 if that is no longer so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps av==18.1.0
"$folder/venv/bin/python" - <<'END'
import sys
from importlib.metadata import files

from av import Codec
from av._core import library_meta

codec = library_meta["libavcodec"]
options = codec["configuration"].split()
asked = [option for option in ("--enable-gpl", "--enable-libx264", "--enable-libx265") if option in options]
carried = sorted({name for name in ("libx264", "libx265") for file in files("av") or () if name in file.name})
encoders = [Codec(name, "w").name for name in ("libx264", "libx265")]
print("licence, by itself:", codec["license"])
print("configured with:", *asked)
print("in the wheel:", *carried)
print("encoders:", *encoders)
as_seen = (
    codec["license"].startswith("LGPL")
    and asked == ["--enable-libx264", "--enable-libx265"]
    and carried == encoders == ["libx264", "libx265"]
)
print("as seen" if as_seen else "that has changed")
sys.exit(not as_seen)
END
