"""The engine of Seedbed: all that works without a window; it never imports Qt."""

__version__ = "0.1.0"
