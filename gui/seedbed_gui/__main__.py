"""`python -m seedbed_gui [FILE]` opens the studio; `python -m seedbed_gui picture PROJECT OUT` draws a tree."""

import sys


def main() -> int:
    """Open the window, or draw where the first word is `picture`."""
    if sys.argv[1:2] == ["picture"]:
        from seedbed_gui.picture import main as draw

        return draw(sys.argv[2:])
    from seedbed_gui.app import main as open_studio

    return open_studio()


if __name__ == "__main__":
    sys.exit(main())
