"""The small models: options scored against the question or together with it, and a text (or pair) given a label."""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seedbed_engine.learning.bodies import Body
from seedbed_engine.learning.items import Form, Kind, Question

START_SCALE = 20.0  # cosines reach from -1 to 1: too flat for a softmax


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of one question: of the text (or pair), and of its options where these are read."""

    text: list[int]
    options: tuple[list[int], ...] = ()

    @property
    def length(self) -> int:
        """How much work it is, in tokens."""
        return max([len(self.text), *map(len, self.options)])


class Classifier(nn.Module, ABC):
    """A body with a head; `forward` gives one row of scores for each question, -inf where it has no such option."""

    def __init__(self, body: Body, form: Form, longest: int) -> None:
        super().__init__()
        self.body = body
        self.form = form
        self.longest = longest

    @abstractmethod
    def tokenize(self, asked: Sequence[Question]) -> list[Tokens]:
        """Token ids of all questions, once for the whole training."""

    def head_parameters(self) -> list[nn.Parameter]:
        """What learns at the head's own rate."""
        held = {id(parameter) for parameter in self.body.parameters()}
        return [parameter for parameter in self.parameters() if id(parameter) not in held]

    def head_state(self) -> dict[str, Tensor]:
        """The head's tensors by name."""
        return {name: value for name, value in self.state_dict().items() if not name.startswith("body.")}


class ChoiceClassifier(Classifier):
    """Any number of options: a learned scale times the cosine of question and option."""

    def __init__(self, body: Body, form: Form, longest: int) -> None:
        super().__init__(body, form, longest)
        self.log_scale = nn.Parameter(torch.tensor(math.log(START_SCALE), device=body.device))

    def tokenize(self, asked: Sequence[Question]) -> list[Tokens]:
        texts = self._question_tokens(asked)
        flat = [option for question in asked for option in question.options]
        options = iter(self.body.tokens(flat, None, self.longest))
        return [Tokens(text, tuple(next(options) for _ in q.options)) for text, q in zip(texts, asked, strict=True)]

    def forward(self, batch: Sequence[Tokens]) -> Tensor:
        """Rows as wide as the most options."""
        questions = nn.functional.normalize(self.body(self.body.padded([tokens.text for tokens in batch])), dim=1)
        flat = [option for tokens in batch for option in tokens.options]
        options = nn.functional.normalize(self.body(self.body.padded(flat)), dim=1)
        counts = torch.tensor([len(tokens.options) for tokens in batch], device=options.device)
        owners = torch.repeat_interleave(torch.arange(len(batch), device=options.device), counts)
        cosines = (questions[owners] * options).sum(1)
        return _in_rows(self.log_scale.exp() * cosines, counts)

    def _question_tokens(self, asked: Sequence[Question]) -> list[list[int]]:
        if any(question.context for question in asked):
            contexts = [question.context or "" for question in asked]
            return self.body.tokens([question.question for question in asked], contexts, self.longest)
        return self.body.tokens([question.question for question in asked], None, self.longest)


class CrossClassifier(Classifier):
    """Any number of options, each read together with the question: a linear head on the averaged pair."""

    def __init__(self, body: Body, form: Form, longest: int, seed: int) -> None:
        super().__init__(body, form, longest)
        self.head = _head(body, 1, seed)

    def tokenize(self, asked: Sequence[Question]) -> list[Tokens]:
        texts = [f"{each.question} {each.context}" if each.context else each.question for each in asked]
        pairs = [(text, option) for text, each in zip(texts, asked, strict=True) for option in each.options]
        rows = iter(self.body.tokens([text for text, _ in pairs], [option for _, option in pairs], self.longest))
        return [Tokens([], tuple(next(rows) for _ in each.options)) for each in asked]

    def forward(self, batch: Sequence[Tokens]) -> Tensor:
        """Rows as wide as the most options."""
        rows = self.body.padded([row for tokens in batch for row in tokens.options], are_pairs=True)
        counts = torch.tensor([len(tokens.options) for tokens in batch], device=self.body.device)
        return _in_rows(self.head(self.body(rows)).float().squeeze(1), counts)


class LabelClassifier(Classifier):
    """Fixed labels: a linear head on the averaged text, or on the averaged pair of question and passage."""

    def __init__(self, body: Body, form: Form, longest: int, seed: int) -> None:
        super().__init__(body, form, longest)
        self.head = _head(body, len(form.labels), seed)

    def tokenize(self, asked: Sequence[Question]) -> list[Tokens]:
        pairs = [question.context or "" for question in asked] if self.form.kind is Kind.OPEN else None
        rows = self.body.tokens([question.question for question in asked], pairs, self.longest)
        return [Tokens(row) for row in rows]

    def forward(self, batch: Sequence[Tokens]) -> Tensor:
        rows = self.body.padded([tokens.text for tokens in batch], self.form.kind is Kind.OPEN)
        scores: Tensor = self.head(self.body(rows))
        return scores.float()


def make_classifier(body: Body, form: Form, longest: int, seed: int, *, is_cross: bool = False) -> Classifier:
    """The small model of a form, before any training; `is_cross` reads options together with their question."""
    if not form.is_choice:
        return LabelClassifier(body, form, longest, seed)
    return CrossClassifier(body, form, longest, seed) if is_cross else ChoiceClassifier(body, form, longest)


def _head(body: Body, outputs: int, seed: int) -> nn.Linear:
    head = nn.Linear(body.width, outputs)
    with torch.no_grad():
        head.weight.normal_(0.0, 0.02, generator=torch.Generator().manual_seed(seed))
        head.bias.zero_()
    return head.to(body.device)


def _in_rows(scores: Tensor, counts: Tensor) -> Tensor:
    """The scores of all options, one after the other, as one row for each question; -inf where it has no more."""
    owners = torch.repeat_interleave(torch.arange(len(counts), device=scores.device), counts)
    places = torch.arange(len(scores), device=scores.device) - (counts.cumsum(0) - counts)[owners]
    rows = torch.full((len(counts), int(counts.max())), -torch.inf, device=scores.device)
    return rows.index_put((owners, places), scores)
