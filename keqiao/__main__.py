"""``python -m keqiao`` is the console script."""

import sys

from keqiao.cli import main

if __name__ == "__main__":
    sys.exit(main())
