"""`python -m training.tune.trainer train|merge RUN`: does what the run's order says and writes down how it ended."""

from __future__ import annotations

import errno
import sys
import traceback
from pathlib import Path

from training.tune.faults import TuneFault
from training.tune.folder import RunFolder
from training.tune.trainer.versions import require_versions


def main(what: str, path: Path) -> int:
    """Run, and say how it ended in end.json. The exit status says it too."""
    folder = RunFolder(path)
    try:
        with folder.held():
            folder.end_file.unlink(missing_ok=True)
            require_versions(folder.read_order().versions or {})
            if what == "merge":
                from training.tune.trainer.merging import merge  # noqa: PLC0415 - loads torch

                merge(folder)
            else:
                from training.tune.trainer.training import train  # noqa: PLC0415 - loads torch

                train(folder)
    except BaseException as error:  # whatever it is, the operator reads why
        traceback.print_exc()
        code, detail = described(error)
        folder.write_end(state="failed", code=code, detail=detail)
        return 1
    folder.write_end(state="succeeded")
    return 0


def described(error: BaseException) -> tuple[str, str]:
    """The code of a failure, and what it is about."""
    family = {kind.__name__ for kind in type(error).__mro__}
    text = " ".join(str(error).split())[:300] or type(error).__name__
    if isinstance(error, TuneFault):
        return error.code, error.detail
    # safetensors and torch write by themselves, and tell the system's words only.
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    if full or "No space left on device" in text:
        return "disk_full", text
    if "GatedRepoError" in family or "gated repo" in text:
        return "gated_weights", text
    if family & {"RepositoryNotFoundError", "LocalEntryNotFoundError", "HFValidationError", "OfflineModeIsEnabled"}:
        return "no_weights", text
    if "OutOfMemoryError" in family or isinstance(error, MemoryError):
        return "out_of_memory", text
    return "failed", f"{type(error).__name__}: {text}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
