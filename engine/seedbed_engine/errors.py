"""All errors of the engine, in one tree.

SeedbedError
├── PersonError            what a person can act on; says what is wrong and what to do
│   ├── InvalidExample     an example that breaks its format
│   ├── InvalidFile        a file that is not what it says, or cannot be read
│   ├── ProjectError       a project file: damaged, newer, locked, on a network folder, read-only
│   ├── CreatorError       a creator that cannot be asked: no key, wrong key, server down, no such model
│   ├── BudgetReached      the run's budget is spent
│   ├── ModelError         an encoder or trained model that cannot be loaded
│   ├── NotEnoughData      too few examples or labels to train or judge
│   └── Conflict           an undo or edit whose ground has changed meanwhile
└── BugError               ours: should never be seen
"""


class SeedbedError(Exception):
    """Root of all errors the engine raises on purpose."""


class PersonError(SeedbedError):
    """A problem that a person can act on: `what` is wrong, and `mend` is what to do about it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what = what
        self.mend = mend


class InvalidExample(PersonError):
    """An example that breaks its format."""


class InvalidFile(PersonError):
    """A file that is not what it says, or cannot be read or written."""


class ProjectError(PersonError):
    """A project file that cannot be opened or written."""


class CreatorError(PersonError):
    """A creator that cannot be asked."""


class BudgetReached(PersonError):
    """The run's budget is spent."""


class ModelError(PersonError):
    """An encoder or a trained model that cannot be loaded."""


class NotEnoughData(PersonError):
    """Too few examples or labels to train or judge."""


class Conflict(PersonError):
    """An undo or an edit whose ground has changed meanwhile."""


class BugError(SeedbedError):
    """A state the program should never reach."""
