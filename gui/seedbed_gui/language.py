"""The language of the window: the words of a text, and numbers and days as its people write them."""

import re
from datetime import datetime
from string import Formatter
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLibraryInfo, QLocale, QTime, QTranslator

import seedbed_resources

CONTEXT = ""  # what lupdate gives to a plain call of tr in Python
SOURCE = "en"
PSEUDO = "pseudo"
NAMES = {"en": "English", "de": "Deutsch"}
LONGER = 0.4  # of a text's length is added by the pseudo-language
ACCENTS = str.maketrans("AEIOUYCNSZaeiouycnsz", "ÅÉÎÖÛÝÇÑŠŽåéîöûýçñšž")
FILLING = "àñd möré wörds thåt tåké röom "
FIELD = re.compile(r"(\{[^{}]*\})")
FIGURE = re.compile(r"[+\-\N{MINUS SIGN}$]?\d[\d,]*(\.\d+)?%?")
MOST = 2**31 - 1  # Qt counts in 32 bits

_now = SOURCE
_locale = QLocale(SOURCE)
_installed: list[QTranslator] = []


def mark(text: str) -> str:
    """The text itself; lupdate finds it here, and `tr` says it in the language where it is shown."""
    return text


def tr(text: str, one: str = "", n: int = -1, **values: object) -> str:
    """The text in the window's language, its named fields filled in.

    With `n`, the language's plural for that number: `text` is the English one for many, `one` for a single thing;
    the number is the field {n}. Without `n`, `one` only tells two equal English texts apart.
    """
    if not text:
        return ""
    said = QCoreApplication.translate(CONTEXT, text, one, min(int(n), MOST))
    if n == 1 and one and said == text:
        said = one
    if _now == PSEUDO:
        said = pseudo(said)
    if n >= 0:
        values["n"] = n
    return fill(said, **values) if values else said


def stored(text: str, one: str = "", n: int = -1, **values: object) -> str:
    """The English text, its fields filled in, for what goes into the project file; `told` translates it when shown."""
    return (one if n == 1 and one else text).format(**values, n=n)


def fill(template: str, **values: object) -> str:
    """A template with its named fields filled in, numbers as the language writes them."""
    return _FORMATTER.vformat(template, (), values)


def figure(number: float, form: str = ",") -> str:
    """A number as the language writes it; the form is that of Python's format."""
    said = format(number, form)
    if _now in (SOURCE, PSEUDO):
        return said
    return said.translate(_marks())


def figures_of(text: str) -> str:
    """A text that is a number as English writes it, as the language does; any other text as it is."""
    if _now in (SOURCE, PSEUDO) or not FIGURE.fullmatch(text):
        return text
    return text.translate(_marks())


def inside(text: str) -> str:
    """A text as it goes on within a sentence: English begins it small, German keeps its nouns."""
    return text[:1].lower() + text[1:] if _now == SOURCE else text


def upper_first(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def moment(when: datetime, form: str) -> str:
    """A day or time as the language writes it; the form is Qt's."""
    day, time = QDate(when.year, when.month, when.day), QTime(when.hour, when.minute, when.second)
    return _locale.toString(QDateTime(day, time), form)


def now() -> str:
    """The language of the window: en, de or pseudo."""
    return _now


def begin(wished: str) -> None:
    """Speak this language from now on; an empty wish, or one that nobody can meet, is the system's."""
    global _now, _locale
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    _now = wished if wished in (*NAMES, PSEUDO) else of_system()
    _locale = QLocale(SOURCE if _now == PSEUDO else _now)
    QLocale.setDefault(_locale)
    if _now not in (SOURCE, PSEUDO):
        _install(f"seedbed_{_now}", str(seedbed_resources.path("translations")))
        _install(f"qtbase_{_now}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))


def of_system() -> str:
    """The first of the system's languages that the window knows."""
    wanted = (name.split("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in wanted if name in NAMES), SOURCE)


def pseudo(text: str) -> str:
    """English with accents, in brackets and longer by two fifths: shows what is not translated and what is cut."""
    parts = FIELD.split(text)
    said = "".join(part if FIELD.fullmatch(part) else part.translate(ACCENTS) for part in parts)
    more = max(round(LONGER * len(text)) - 2, 0)  # the brackets count
    return f"[{said}{(FILLING * (more // len(FILLING) + 1))[:more].rstrip()}]"


def _marks() -> dict[int, str]:
    """What the language writes for the comma and the point of an English number."""
    return {ord(","): _locale.groupSeparator(), ord("."): _locale.decimalPoint()}


def _install(name: str, folder: str) -> None:
    translator = QTranslator()
    if translator.load(name, folder):
        QCoreApplication.installTranslator(translator)
        _installed.append(translator)


class _Formatter(Formatter):
    """Python's own, but numbers with a form are written as the language does."""

    def format_field(self, value: Any, format_spec: str) -> str:
        is_number = format_spec and not isinstance(value, str)
        return figure(value, format_spec) if is_number else super().format_field(value, format_spec)


_FORMATTER = _Formatter()
