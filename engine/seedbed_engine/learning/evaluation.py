"""What answers are worth: shares with intervals, scores per class, paired tests; numbers in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Hits = NDArray[np.bool_]  # (seeds, items): whether the answer was right
Numbers = NDArray[np.float64]

RESAMPLES = 10_000
SLICE = 1_000  # resamples at once, so that many seeds on many items fit into memory
COLLAPSED = 0.95
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval of a share or of a difference of shares."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether a difference of 0 lies outside."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class ClassScore:
    """How one label fared; all but `items` are shares."""

    label: str
    items: int
    precision: float
    recall: float
    f1: float
    predicted: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Two models on the same items: the difference of their mean accuracies, and how sure it is."""

    difference: float
    interval: Interval
    p_value: float
    only_first: int
    only_second: int

    @property
    def is_distinguishable(self) -> bool:
        """Whether both the interval and the exact test say so; where they disagree, it is not shown."""
        return self.interval.excludes_zero and self.p_value < LEVEL


def wilson(share: float, items: int) -> Interval:
    """Wilson's 95 % interval of a share of right answers; a mean over seeds need not be a whole number of them."""
    z = float(stats.norm.ppf(0.975))
    middle = (share + z**2 / (2 * items)) / (1 + z**2 / items)
    half = z / (1 + z**2 / items) * np.sqrt(share * (1 - share) / items + z**2 / (4 * items**2))
    return Interval(max(0.0, float(middle - half)), min(1.0, float(middle + half)))


def accuracy_interval(hits: Hits) -> Interval:
    """The 95 % interval of an accuracy: of several seeds a bootstrap over items and seeds, of one Wilson's."""
    share, items = float(hits.mean()), hits.shape[1]
    if len(hits) == 1 or share in (0.0, 1.0):  # a bootstrap of what is always right knows no doubt
        return wilson(share, items)
    return difference_interval(hits, np.zeros((1, items), bool))


def majority(answers: Sequence[str]) -> tuple[str, float]:
    """The most frequent answer and its share (the first in the alphabet where two are as frequent)."""
    names, counts = np.unique(np.array(answers, dtype=object).astype(str), return_counts=True)
    best = int(counts.argmax())
    return str(names[best]), float(counts[best] / counts.sum())


def class_scores(labels: Sequence[str], truth: Sequence[str], predicted: Sequence[str]) -> tuple[ClassScore, ...]:
    """Precision, recall and F1 of each label; 0 where a label was never predicted."""
    from sklearn.metrics import precision_recall_fscore_support

    scores = precision_recall_fscore_support(truth, predicted, labels=list(labels), zero_division=0.0)
    shares = [sum(answer == label for answer in predicted) / len(predicted) for label in labels]
    return tuple(
        ClassScore(label, int(n), float(p), float(r), float(f), share)
        for label, p, r, f, n, share in zip(labels, *scores, shares, strict=True)
    )


def confusion(labels: Sequence[str], truth: Sequence[str], predicted: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Counts: one row for each true label, one column for each predicted one."""
    from sklearn.metrics import confusion_matrix

    return tuple(tuple(map(int, row)) for row in confusion_matrix(truth, predicted, labels=list(labels)))


def is_collapsed(predicted: Sequence[str]) -> bool:
    """Whether a model gives one label nearly always."""
    return majority(predicted)[1] > COLLAPSED


def mcnemar(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> tuple[float, int, int]:
    """Exact McNemar test of two models on the same items: p value, items only the first and only the second got."""
    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    if only_first + only_second == 0:
        return 1.0, 0, 0
    return float(stats.binomtest(only_first, only_first + only_second).pvalue), only_first, only_second


def compare(first: Hits, second: Hits, first_mean: NDArray[np.bool_], second_mean: NDArray[np.bool_]) -> Paired:
    """Compare two models, each with its hits per seed, and its hits on probabilities averaged over the seeds.

    The difference is of accuracies averaged over seeds, its interval a bootstrap over items and seeds; the exact
    test is on the averaged answers.
    """
    p_value, only_first, only_second = mcnemar(first_mean, second_mean)
    difference = float(first.mean() - second.mean())
    return Paired(difference, difference_interval(first, second), p_value, only_first, only_second)


def difference_interval(first: Hits | Numbers, second: Hits | Numbers, seed: int = 13) -> Interval:
    """Paired bootstrap of the difference of mean accuracies; items and rows (seeds, or growths) are drawn anew."""
    low, high = np.quantile(_differences(first, second, len(first), len(second), seed), (0.025, 0.975))
    return Interval(float(low), float(high))


def repeat_interval(first: Hits, second: Hits, seed: int = 13) -> Interval:
    """Where the difference of a repetition falls 95 times in 100: other seeds and items, as many of each.

    Both the measurement and its repetition err, so the bootstrap is the square root of 2 as wide; and because few
    seeds seem to differ less than they do, one fewer than there are is drawn.
    """
    difference = float(first.mean() - second.mean())
    found = _differences(first, second, max(1, len(first) - 1), max(1, len(second) - 1), seed)
    low, high = np.quantile(found - difference, (0.025, 0.975)) * np.sqrt(2)
    return Interval(difference + float(low), difference + float(high))


def _differences(
    first: Hits | Numbers, second: Hits | Numbers, first_drawn: int, second_drawn: int, seed: int
) -> Numbers:
    """Differences of mean accuracies, items and so many rows of each drawn anew.

    Items on which all seeds of both models did the same are alike, so one multinomial over these groups draws them.
    """
    chance = np.random.default_rng(seed)
    groups, counts = np.unique(np.concatenate([first, second]), axis=1, return_counts=True)
    upper, lower = groups[: len(first)].astype(float), groups[len(first) :].astype(float)
    items = int(counts.sum())
    found = []
    for _ in range(RESAMPLES // SLICE):
        drawn = chance.multinomial(items, counts / items, size=SLICE) / items
        gained = _seed_weights(chance, len(first), first_drawn) @ upper
        gained -= _seed_weights(chance, len(second), second_drawn) @ lower
        found.append((drawn * gained).sum(1))
    return np.concatenate(found)


def fewest_pairs(level: float = LEVEL) -> int:
    """How many discordant items must be there at least, all won by one model, for the exact test to show it."""
    return int(np.floor(np.log2(2 / level))) + 1


def smallest_difference(items: int, discordant: float, level: float = LEVEL) -> float:
    """The smallest difference of accuracies that the exact test can show when this share of items is discordant.

    Where these are too few to show anything, as many as are needed are taken.
    """
    pairs, wins = _pairs_and_wins(items, discordant, level)
    return min(1.0, (2 * wins - pairs) / items)


def detectable_difference(items: int, discordant: float, power: float = 0.8, level: float = LEVEL) -> float:
    """The true difference that the exact test finds with this probability, when so many items are discordant."""
    pairs, wins = _pairs_and_wins(items, discordant, level)
    share = float(stats.beta.ppf(power, wins, pairs - wins + 1))  # of the discordant pairs that the better one has
    return min(1.0, (2 * share - 1) * pairs / items)


def holm(p_values: Sequence[float]) -> list[float]:
    """p values corrected after Holm for being several."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected, highest = [1.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = highest
    return corrected


def _pairs_and_wins(items: int, discordant: float, level: float) -> tuple[int, int]:
    """Discordant pairs, and how many of them one model must win for the exact test to show it."""
    pairs = max(fewest_pairs(level), round(items * discordant))
    wins = np.arange(pairs // 2 + 1, pairs + 1)
    p_values = np.minimum(1.0, 2 * stats.binom.sf(wins - 1, pairs, 0.5))
    return pairs, int(wins[p_values < level][0])


def _seed_weights(chance: np.random.Generator, seeds: int, drawn: int) -> Numbers:
    return chance.multinomial(drawn, np.full(seeds, 1 / seeds), size=SLICE) / drawn
