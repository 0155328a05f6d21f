"""The small model: trained, judged, saved."""
