"""Run as a script: what reaches the trusted side of the ring from a jailed child, frame by frame, as digests (JSON).

Everything is the product's but the last step: instead of H.264 the frames become digests.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from generation.engine.render import daemon, intake, keeper, warm  # noqa: E402
from generation.engine.render.encoder import Encoder  # noqa: E402

FRAMES: list[str] = []


class Digests(Encoder):
    def write(self) -> None:
        FRAMES.append(hashlib.sha256(self.picture.tobytes()).hexdigest())
        self.frames += 1


class Nobody(keeper.Client):
    def __init__(self) -> None:
        pass

    def gone(self) -> bool:
        return False

    def send(self, kind: bytes, payload: bytes) -> None:
        pass

    def send_json(self, value: Mapping[str, Any]) -> None:
        pass


def main() -> None:
    wanted = json.load(sys.stdin)
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        tex = daemon.start_tex_server(Path(folder) / "tex")
        warm.warm_up()
        vars(intake)["Encoder"] = Digests
        for name, source in wanted.items():
            FRAMES.clear()
            value = {"op": "render", "code": source, "scene": name, "quality": "l", "limits": {}}
            request = keeper.Request.read({**value, "out": f"{folder}/{name}.mp4"})
            report = keeper.Job(request, Nobody(), tex).run()
            assert report["fault"] is None, report
            result[name] = list(FRAMES)
    json.dump(result, sys.stdout)


main()
