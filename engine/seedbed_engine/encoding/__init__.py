"""The sentence encoder and the vectors kept."""
