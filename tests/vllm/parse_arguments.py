"""Let vLLM's own parser read command lines. Run by the Python of the vLLM environment.

Reads a JSON list of argument lists from standard input; writes for each what it means, or what is wrong with it.
"""

import io
import json
import sys
from contextlib import redirect_stderr

from vllm.entrypoints.launchers.cli_args import make_arg_parser
from vllm.utils.argparse_utils import FlexibleArgumentParser


def read(arguments: list[str]) -> dict[str, str]:
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            found = make_arg_parser(FlexibleArgumentParser()).parse_args(arguments)
    except (SystemExit, ValueError) as error:
        return {"wrong": said.getvalue() or str(error)}
    return {name: repr(value) for name, value in vars(found).items() if name not in {"config", "model_tag"}}


if __name__ == "__main__":
    json.dump([read(each) for each in json.load(sys.stdin)], sys.stdout)
