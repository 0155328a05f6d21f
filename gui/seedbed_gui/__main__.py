"""`python -m seedbed_gui [FILE]` opens the studio; `picture PROJECT OUT` draws a tree, `screenshots` drives it."""

import sys


def main() -> int:
    """Open the window, draw where the first word is `picture`, or picture the first minutes with `screenshots`."""
    if sys.argv[1:2] == ["picture"]:
        from seedbed_gui.picture import main as draw

        return draw(sys.argv[2:])
    if sys.argv[1:2] == ["screenshots"]:
        from seedbed_gui.guide.screenshots import main as take

        return take(sys.argv[2:])
    from seedbed_gui.app import main as open_studio

    return open_studio()


if __name__ == "__main__":
    sys.exit(main())
