"""The engine of Seedbed: all that works without a window; it never imports Qt."""

import os

# Read when torch is first loaded, by whatever way: waiting threads sleep instead of turning round. On two busy cores
# the same work took 20 to 40 times the processor time without it.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")  # the same for numpy: two to the fourth clock ticks

__version__ = "0.1.0"
