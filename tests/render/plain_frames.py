"""Run as a script: what unpatched Manim hands to its file writer, frame by frame, as digests (JSON)."""

import hashlib
import json
import sys
import tempfile

from manim import tempconfig
from manim.scene.scene_file_writer import SceneFileWriter


def main() -> None:
    wanted = json.load(sys.stdin)
    frames: list[str] = []
    write = SceneFileWriter.write_frame

    def counted(self, pixels, *, repeat=1):
        frames.extend([hashlib.sha256(pixels.tobytes()).hexdigest()] * repeat)
        write(self, pixels, repeat=repeat)

    SceneFileWriter.write_frame = counted  # type: ignore[method-assign]  # it only listens
    result = {}
    for name, source in wanted.items():
        frames.clear()
        with tempfile.TemporaryDirectory() as media:
            settings = {"quality": "low_quality", "media_dir": media, "progress_bar": "none", "verbosity": "ERROR"}
            with tempconfig({**settings, "disable_caching": True}):
                module: dict[str, object] = {"__name__": "plain"}
                exec(source, module)
                module[name]().render()  # type: ignore[operator]
        result[name] = list(frames)
    json.dump(result, sys.stdout)


main()
