"""Fitting: the whole tree in the window, with the texts at its edges; a tidy tree's outermost labels need room too."""

import numpy as np

from seedbed_engine.tree.places import Shape
from seedbed_gui.canvas.plan import LABEL_GAP, WIDEST_LABEL, Form, look_of
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.view import MARGIN_LEFT, MARGIN_RIGHT, View

TRIES = 4  # a wider margin makes the scale smaller, which may ask for a little more margin
EDGE_LEFT, EDGE_RIGHT = 86.0, 16.0  # pixels no text stands in: the depths fade out there, and the window's edge
MOST = 0.3  # a margin is never a larger share of the window


def fitted(scene: Scene, view: View) -> View:
    """The whole tree in the window, so that the texts at its edges can be read."""
    if scene.is_round:
        return view.fitted()
    left, right = MARGIN_LEFT, MARGIN_RIGHT
    found = view.fitted(left, right)
    if scene.places.shape is not Shape.TREE:
        return found
    for _ in range(TRIES):
        over_left, over_right = _overhang(scene, found)
        if over_left <= 0.0 and over_right <= 0.0:
            break
        left = min(left + max(over_left, 0.0), MOST * view.width)
        right = min(right + max(over_right, 0.0), MOST * view.width)
        found = view.fitted(left, right)
    return found


def _overhang(scene: Scene, view: View) -> tuple[float, float]:
    """Pixels by which texts reach into the left and the right margin."""
    left = right = 0.0
    for line in np.flatnonzero(scene.line_gaps * view.scale_x >= LABEL_GAP).tolist():
        look = look_of(scene, view, line, float(scene.line_gaps[line]) * view.scale_x, None)
        if look.form not in (Form.LABELS, Form.CARDS):
            continue
        x = scene.x[scene.offsets[line] : scene.offsets[line + 1]]
        first, last = look.width, look.width
        if look.form is Form.LABELS and len(x) > 1:
            first = min(max(float(x[1] - x[0]) * view.scale_x - 12.0, look.width), WIDEST_LABEL)
            last = min(max(float(x[-1] - x[-2]) * view.scale_x - 12.0, look.width), WIDEST_LABEL)
        left = max(left, EDGE_LEFT - (view.x(float(x[0])) - first / 2))
        right = max(right, view.x(float(x[-1])) + last / 2 - (view.width - EDGE_RIGHT))
    return left, right
