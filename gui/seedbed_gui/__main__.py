"""`python -m seedbed_gui` opens the studio; `python -m seedbed_gui picture PROJECT OUT` draws a tree."""

import sys


def main() -> int:
    """Open the window, or draw where the first word is `picture`."""
    if sys.argv[1:2] == ["picture"]:
        from seedbed_gui import picture

        return picture.main(sys.argv[2:])
    from seedbed_gui import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
