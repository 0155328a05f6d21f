"""The command line's words: one module each, or a few that belong together."""
