"""The site with one more view, which answers bytes from a file and does nothing else: the peer of ``pages``."""

FOLDER = "KEQIAO_BARE_PAGES"
"""The environment variable that names the folder of the files."""
