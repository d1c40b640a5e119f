"""Run as a script: draws scenes through the jail and records every frame that reaches the trusted encoder.

Everything is the product's: the warm process, the fork of a keeper for each job, the jail, the ring, the encoder, the
video. The encoder's picture is noted down on its way. Arguments: a folder for the recordings, then names of scenes.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generation.engine.render import daemon
from tests.render.conformance.cases import CASES
from tests.render.conformance.recording import Recorder


def draw(name: str, folder: Path, tex: Any) -> None:
    """Keep one job, as the daemon's fork would."""
    from generation.engine.render import intake, keeper
    from generation.engine.render.encoder import Encoder

    recorder = Recorder(folder, name)

    class Recorded(Encoder):
        def write(self) -> None:
            recorder.add(self.picture, 1)
            super().write()

    class Nobody(keeper.Client):
        def __init__(self) -> None:
            pass

        def gone(self) -> bool:
            return False

        def follow(self) -> None:
            pass

        def send(self, kind: bytes, payload: bytes) -> None:
            pass

        def send_json(self, value: Mapping[str, Any]) -> None:
            pass

    vars(intake)["Encoder"] = Recorded
    value = {"op": "render", "code": CASES[name].source, "scene": name, "quality": "l", "limits": {}}
    request = keeper.Request.read({**value, "out": str(recorder.video)})
    recorder.finish(keeper.Job(request, Nobody(), tex).run()["fault"])


def main() -> None:
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as cache:
        tex = daemon.start_tex_server(Path(cache) / "tex")
        from generation.engine.render import warm  # after the light TeX server was forked

        warm.warm_up(Path(cache) / "warm")
        for name in sys.argv[2:]:
            if (pid := os.fork()) == 0:
                try:
                    draw(name, folder, tex)
                except BaseException:
                    Recorder(folder, name).finish(traceback.format_exc())
                finally:
                    os._exit(0)
            os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
