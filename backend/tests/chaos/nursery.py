"""Has imported the server once, and forks a `secondstory serve` for every line of settings.

Importing takes longer than all else a start does, and the tests start dozens of servers.
"""

import json
import os
import signal
import sys

from secondstory.cli import main


def _serve(settings: dict[str, str]) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.environ.update(settings)
    sys.exit(main(["serve"]))


if __name__ == "__main__":
    # Nobody asks how they ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if (pid := os.fork()) == 0:
            _serve(json.loads(line))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
