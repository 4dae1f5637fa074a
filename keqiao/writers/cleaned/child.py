"""The child that cleans one file: reads it from standard input, writes it cleaned to standard output."""

import sys

from keqiao.confined import limit
from keqiao.writers.cleaned.pdf import clean_pdf
from keqiao.writers.cleaned.pictures import clean_picture
from keqiao.writers.cleaned.word import clean_word

SECONDS, MEMORY_MB = 25, 2048


CLEANERS = {"docx": clean_word, "pdf": clean_pdf, "picture": clean_picture}


def main() -> None:
    """Clean the file of the kind that is named."""
    limit(SECONDS, MEMORY_MB)
    content = sys.stdin.buffer.read()
    sys.stdout.buffer.write(CLEANERS[sys.argv[1]](content))


if __name__ == "__main__":
    main()
