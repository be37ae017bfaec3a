"""Sphinx: Markdown pages by MyST, theme furo. Build: ``sphinx-build -W docs docs/_build``."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from shieldcalc import __version__  # noqa: E402

project = "shieldcalc"
copyright = "the shieldcalc authors"
author = "the shieldcalc authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
myst_fence_as_directive = ["math"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"shieldcalc {__version__}"
suppress_warnings = ["myst.xref_missing"]  # links to files outside docs/ are for readers of the repository
