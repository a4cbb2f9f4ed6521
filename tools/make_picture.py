"""Draw docs/conversation.svg: what the terminal really looks like during a replay of the bundled conversation."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from rich.console import Console

from assistant.audio.replay import replay_of
from assistant.dialogue.prompts import SENSED
from assistant.session.assembly import build_components, load_script_for, new_session
from assistant.session.captions import Captions
from assistant.session.options import SessionOptions
from tools.command import parser_for, run_command
from tools.paths import RECORDINGS, ROOT

PICTURE = ROOT / "docs" / "conversation.svg"


def main() -> None:
    """Run the command."""
    parser_for("tools.make_picture", __doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder, Path("/dev/null").open("w") as nowhere:
        console = Console(record=True, width=88, file=nowhere, highlight=False)
        captions = Captions(console)
        chosen = SessionOptions(name="Ms. Lovelace", aloud=False, data=Path(folder), out=Path(folder))
        script = load_script_for(chosen)
        source = replay_of([RECORDINGS / "her"], {*script.ids, SENSED})
        with build_components(chosen, source, captions, captions.note) as parts:
            new_session(chosen, script, parts).run()
    drawing = console.export_svg(title="assistant talk")
    # The reader's own monospaced font will do: a picture must not load anything over the network.
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL).replace("Fira Code", "monospace")
    drawing = drawing.replace(folder, "Documents/Reviews")
    PICTURE.write_text("\n".join(line.rstrip() for line in drawing.splitlines()) + "\n", encoding="utf-8")
    print(f"Drawn: {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    run_command(main)
