"""Prints the scores of one output as a line of JSON."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks import judge
from benchmarks.judge.score import Judge
from benchmarks.judge.weights import Unusable, add_flags
from transfer.errors import PictureError
from transfer.pictures import open_picture


def main() -> int:
    """0 when the output was scored, 1 with a sentence where it was not."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.judge",
        description=judge.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in ("output", "content", "style"):
        parser.add_argument(name, type=Path, metavar=name.upper())
    add_flags(parser)
    arguments = parser.parse_args()
    try:
        pictures = [open_picture(path) for path in (arguments.output, arguments.content, arguments.style)]
        found = Judge(arguments.vgg19, arguments.lpips).score(*pictures)
    except (PictureError, Unusable) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(json.dumps({name: round(value, 4) for name, value in found.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
