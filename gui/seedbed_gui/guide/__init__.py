"""The first five minutes as a person lives them: the real window driven by mouse and keys, pictured, written down."""
