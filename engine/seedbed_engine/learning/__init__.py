"""The small model: trained, judged, saved. Loading `encoding` first settles how torch's threads wait."""

import seedbed_engine.encoding  # noqa: F401
