"""The sentence encoder and the vectors kept."""

import os

# Read when torch is first loaded: waiting threads sleep instead of turning round. On two busy cores the same work
# took 20 to 40 times the processor time without it.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
