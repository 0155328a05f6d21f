"""Strategies beside each other: data sets x strategies x seed numbers, here or on a cluster."""
