"""The first process of a container: raise the remaining walls around itself, then run what it was given.

Run as a script by the runtime. The request was written by our side; nothing of the job has run yet.
"""

import os
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from generation.engine.jail import jailed
from generation.engine.jail.box import Level
from generation.engine.jail.bundle import REQUEST, namespaces
from generation.engine.jail.enter import enter, write_inputs


def main() -> None:
    """Enter the box and run; leave with the exit status of what ran."""
    code = jailed.EXIT_NOT_ENTERED
    try:
        box, own_path, host, wanted, without = pickle.loads(Path(REQUEST).read_bytes())  # noqa: S301 - our own words
        _require_own_namespaces(host)
        control = os.open("/dev/null", os.O_RDONLY)
        folder = enter(box, Level.CONTAINER, control=control, own_uid=False, ground=None, without=(*without, "root"))
        os.close(folder)
        os.close(control)
        write_inputs(box)
        sys.path[:] = own_path
        code = jailed.run(pickle.loads(wanted))  # noqa: S301
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def _require_own_namespaces(host: Mapping[str, str]) -> None:
    """A runtime that left one out would go unseen once the walls are up."""
    shared = [name for name, link in host.items() if namespaces().get(name) == link]
    if shared:
        raise PermissionError(f"{shared} are the host's own namespaces")


if __name__ == "__main__":
    main()
