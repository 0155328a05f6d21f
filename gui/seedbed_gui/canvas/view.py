"""The view: which part of the places a window shows. Pixels = places x scale + origin; knows no tree and no painter."""

from dataclasses import dataclass, replace

MARGIN_LEFT, MARGIN_RIGHT = 84.0, 40.0  # depth labels stand left
MARGIN_TOP = 60.0
MARGIN_BOTTOM = 148.0  # the legend and the map stand below, and a last line's texts
TIGHT_HEIGHT, TIGHT_BOTTOM = 520.0, 84.0  # a low window has no map
ROUND_SIDE, ROUND_TOP, ROUND_BOTTOM = 40.0, 44.0, 92.0  # around a round tree, whose corners are free
ROW_HEIGHT = 152.0  # a row is never higher: a card and the edges above it
HIGHER_THAN_WIDE = 0.75
PLACE_WIDTH = 480.0  # nearest zoom
FULL_FROM, FULL_GROWS = 320.0, 1.2  # from this scale on cards grow until they hold the full example
FIRST_PLACE_WIDTH = 250.0  # a tree of few examples is not blown up further when fitted
KEEP_IN_SIGHT = 96.0


@dataclass(frozen=True, slots=True)
class Extent:
    """What is drawn, in places and rows from `left` and `top` on. Of a round one both are rings, equally near."""

    places: float
    rows: float
    left: float = 0.0
    top: float = 0.0
    is_round: bool = False
    nearest: float = PLACE_WIDTH  # greatest scale


@dataclass(frozen=True, slots=True)
class View:
    """Scale (pixels a place, pixels a row) and origin (pixel of place 0, row 0) of a window of a size."""

    width: float
    height: float
    extent: Extent
    scale_x: float = 40.0
    scale_y: float = 60.0
    origin_x: float = 0.0
    origin_y: float = 0.0

    def x(self, place: float) -> float:
        return place * self.scale_x + self.origin_x

    def y(self, row: float) -> float:
        return row * self.scale_y + self.origin_y

    def place(self, x: float) -> float:
        return (x - self.origin_x) / self.scale_x

    def row(self, y: float) -> float:
        return (y - self.origin_y) / self.scale_y

    @property
    def _room_x(self) -> float:
        return max(self.width - MARGIN_LEFT - MARGIN_RIGHT, 40.0)

    @property
    def _room_y(self) -> float:
        bottom = MARGIN_BOTTOM if self.height > TIGHT_HEIGHT else TIGHT_BOTTOM
        return max(self.height - MARGIN_TOP - bottom, 40.0)

    @property
    def least_height(self) -> float:
        """Height of a window that holds the rows at this scale, and what stands above and below them."""
        return MARGIN_TOP + self.extent.rows * self.scale_y + MARGIN_BOTTOM

    def _fitting_round(self) -> float:
        wide, high = self.width - 2 * ROUND_SIDE, self.height - ROUND_TOP - ROUND_BOTTOM
        return max(min(wide / max(self.extent.places, 2.0), high / max(self.extent.rows, 2.0)), 0.1)

    def _fitting_x(self) -> float:
        if self.extent.is_round:
            return self._fitting_round()
        return min(self._room_x / (self.extent.places + 1.0), FIRST_PLACE_WIDTH)

    def _fitting_y(self) -> float:
        return min(self._room_y / max(self.extent.rows, 1.0), ROW_HEIGHT)

    def _height_for(self, scale_x: float) -> float:
        """Rows follow the places but never collapse: the whole tree fills the window at every size."""
        if self.extent.is_round:
            return scale_x
        highest = ROW_HEIGHT + FULL_GROWS * max(0.0, scale_x - FULL_FROM)
        wanted = highest if scale_x > FULL_FROM else HIGHER_THAN_WIDE * scale_x
        return min(max(wanted, self._fitting_y()), highest)

    def fitted(self, left: float = MARGIN_LEFT, right: float = MARGIN_RIGHT) -> "View":
        """The whole tree in the window, with margins beside its outermost nodes."""
        if self.extent.is_round:
            scale = self._fitting_round()
            middle = (self.height + ROUND_TOP - ROUND_BOTTOM) / 2
            return replace(self, scale_x=scale, scale_y=scale, origin_x=self.width / 2, origin_y=middle)
        room = max(self.width - left - right, 40.0)
        scale_x = min(room / (self.extent.places + 1.0), FIRST_PLACE_WIDTH)
        scale_y = self._height_for(scale_x)
        if scale_y * self.extent.rows > self._room_y:
            scale_y = self._fitting_y()
        origin_x = left + (room - self.extent.places * scale_x) / 2
        top = MARGIN_TOP + max(0.0, (self._room_y - self.extent.rows * scale_y) * 0.4)
        return replace(self, scale_x=scale_x, scale_y=scale_y, origin_x=origin_x, origin_y=top)

    def zoomed(self, factor: float, about_x: float, about_y: float) -> "View":
        """Nearer (factor above 1) or farther, with what is under the pointer kept there."""
        smallest = self._fitting_x() / 2
        scale_x = min(max(self.scale_x * factor, smallest), max(self.extent.nearest, smallest))
        scale_y = self._height_for(scale_x)
        origin_x = about_x - self.place(about_x) * scale_x
        origin_y = about_y - self.row(about_y) * scale_y
        near = replace(self, scale_x=scale_x, scale_y=scale_y, origin_x=origin_x, origin_y=origin_y)
        return near.kept_in_sight()

    def panned(self, dx: float, dy: float) -> "View":
        return replace(self, origin_x=self.origin_x + dx, origin_y=self.origin_y + dy).kept_in_sight()

    def centred(self, place: float, row: float) -> "View":
        """The same scale with a place in the middle."""
        origin_x = self.width / 2 - place * self.scale_x
        origin_y = self.height * 0.45 - row * self.scale_y
        return replace(self, origin_x=origin_x, origin_y=origin_y).kept_in_sight()

    def near(self, place: float, row: float, scale_x: float) -> "View":
        """A place in the middle at a scale."""
        scaled = replace(self, scale_x=scale_x, scale_y=self._height_for(scale_x))
        return scaled.centred(place, row)

    def resized(self, width: float, height: float) -> "View":
        """Another window size: the middle stays in the middle."""
        dx, dy = (width - self.width) / 2, (height - self.height) / 2
        return replace(self, width=width, height=height).panned(dx, dy)

    def moved_onto(self, extent: Extent) -> "View":
        """The same view of a tree that has grown."""
        return replace(self, extent=extent)

    def towards(self, other: "View", share: float) -> "View":
        """A view between this one (share 0) and another of the same window (share 1)."""
        pairs = ("scale_x", "scale_y", "origin_x", "origin_y")
        between = {name: getattr(self, name) * (1 - share) + getattr(other, name) * share for name in pairs}
        return replace(other, **between)

    def kept_in_sight(self) -> "View":
        """Pulled back where the tree would leave the window."""
        left, top = self.extent.left * self.scale_x, self.extent.top * self.scale_y
        right, bottom = left + self.extent.places * self.scale_x, top + self.extent.rows * self.scale_y
        origin_x = min(max(self.origin_x, KEEP_IN_SIGHT - right), self.width - KEEP_IN_SIGHT - left)
        origin_y = min(max(self.origin_y, KEEP_IN_SIGHT - bottom), self.height - KEEP_IN_SIGHT - top)
        return replace(self, origin_x=origin_x, origin_y=origin_y)
