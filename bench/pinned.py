"""`python -m bench.pinned CORE PROGRAM…`: become a program, on one core."""

import os
import sys

from bench.machine import settle_on

if __name__ == "__main__":
    settle_on(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
