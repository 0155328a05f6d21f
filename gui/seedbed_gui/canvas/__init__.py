"""The tree as a graph: one widget painted from arrays, and the painter that pictures share with it."""

from seedbed_gui.canvas.labels import NodeText
from seedbed_gui.canvas.widget import TreeCanvas

__all__ = ["NodeText", "TreeCanvas"]
