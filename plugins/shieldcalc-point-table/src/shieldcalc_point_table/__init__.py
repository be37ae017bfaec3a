"""An installable plugin: a table of points in Markdown, and a command."""
