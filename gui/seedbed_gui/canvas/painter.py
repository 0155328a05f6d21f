"""The painter: draws a scene as a view shows it, in order from behind to before. The window and pictures share it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from seedbed_gui.canvas.badges import Badge, paint_badges, paint_banner
from seedbed_gui.canvas.cards import CardPainter, seed_lines
from seedbed_gui.canvas.edges import paint_edges, paint_path
from seedbed_gui.canvas.growth import Floats, paint_growing
from seedbed_gui.canvas.inks import inks_of
from seedbed_gui.canvas.labels import LabelBook
from seedbed_gui.canvas.legend import Legend, make_legend, paint_legend
from seedbed_gui.canvas.nodes import paint_nodes
from seedbed_gui.canvas.overlays import Map, paint_depth_labels, paint_depth_lines
from seedbed_gui.canvas.plan import Plan, make_plan
from seedbed_gui.canvas.ring_plan import make_ring_plan
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.typesetting import Typesetter
from seedbed_gui.canvas.view import View
from seedbed_gui.style import Palette


@dataclass(frozen=True, slots=True)
class Frame:
    """What one frame has drawn, for the pointer to find."""

    plan: Plan
    legend: Legend
    badges: list[Badge]
    map_area: QRectF | None


class TreePainter:
    """Draws trees; keeps texts, broken lines and the map from frame to frame."""

    def __init__(self) -> None:
        self.book = LabelBook()
        self.typesetter = Typesetter()
        self.map = Map()
        self._cards = CardPainter(self.book, self.typesetter)

    def paint(
        self, painter: QPainter, scene: Scene, view: View, x: Floats, palette: Palette, is_picture: bool = False
    ) -> Frame:
        """Draw one frame over the whole window. `x` are the places now, which differ while nodes glide.

        A picture has no map, and all its texts at once; in a window some may come in the frames that follow.
        """
        inks = inks_of(palette)
        self.typesetter.begin_frame(all_at_once=is_picture)
        self.book.ask([0])
        scene.seed_lines = seed_lines(inks.body_width(self.book.text(0).question[:200]))
        plan = make_ring_plan(scene, view, x) if scene.is_round else make_plan(scene, view, x)
        painter.fillRect(QRectF(0, 0, view.width, view.height), inks.background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        paint_depth_lines(painter, scene, plan, inks)
        paint_edges(painter, scene, plan, inks)
        paint_path(painter, scene, plan, inks)
        paint_nodes(painter, scene, plan, inks)
        self._cards.paint(painter, scene, plan, inks)
        badges = paint_badges(painter, scene, plan, inks)
        paint_growing(painter, scene, plan, self.typesetter, inks)
        paint_depth_labels(painter, scene, plan, inks)
        legend = make_legend(scene, view.width, view.height, inks, is_picture)
        paint_legend(painter, scene, legend, inks)
        if not scene.folding.is_whole and not is_picture:
            badges.append(paint_banner(painter, scene, legend.area, inks))
        has_map = not is_picture and len(scene) > 1
        area = Map.area(view.width, view.height, legend.area.right()) if has_map else None
        if area is not None:
            self.map.paint(painter, scene, plan, area, inks)
        return Frame(plan, legend, badges, area)
