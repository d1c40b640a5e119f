"""Run as a script: draws scenes with unpatched Manim and records every frame that its file writer is given.

Manim is imported once; each scene is drawn in a fork, so that none sees what another left behind. Arguments: a folder
for the recordings, then the names of scenes.
"""

import os
import sys
import tempfile
import traceback
from pathlib import Path

from manim import tempconfig
from manim.scene.scene_file_writer import SceneFileWriter

from tests.render.conformance.cases import CASES
from tests.render.conformance.recording import Recorder

SETTINGS = {"quality": "low_quality", "progress_bar": "none", "verbosity": "ERROR", "disable_caching": True}


def draw(name: str, folder: Path) -> None:
    """Draw one scene as `manim -ql` does, and listen at its file writer."""
    recorder = Recorder(folder, name)
    write = SceneFileWriter.write_frame

    def recorded(self, pixels, *, repeat=1):
        recorder.add(pixels, repeat)
        write(self, pixels, repeat=repeat)

    SceneFileWriter.write_frame = recorded  # type: ignore[method-assign]  # it only listens
    with tempfile.TemporaryDirectory() as media, tempconfig({**SETTINGS, "media_dir": media}):
        module: dict[str, object] = {"__name__": "plain"}
        exec(compile(CASES[name].source, "<plain>", "exec"), module)
        scene = module[name]()  # type: ignore[operator]
        scene.render()
        video = folder / f"{name}.mp4"
        video.write_bytes(Path(scene.renderer.file_writer.movie_file_path).read_bytes())
    recorder.finish(None)


def main() -> None:
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        if (pid := os.fork()) == 0:
            try:
                draw(name, folder)
            except BaseException:
                traceback.print_exc()
                Recorder(folder, name).finish(traceback.format_exc())
            finally:
                sys.stderr.flush()
                os._exit(0)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
