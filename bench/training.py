"""How quick training is beside the reference recipe: `python bench/training.py [--quick]`.

Examples per CPU second of the process, one thread. The reference recipe is rebuilt here: every text padded to 256
tokens, 32-bit floats, four examples at a time, sixteen times before each step of the optimizer, dropout everywhere;
multiple choice as one text for each pair of question and option. The same layers learn on both sides (all of them; the
product keeps the table of embeddings as it is). The larger data are read from SEEDBED_DATA where
that is set; else the bundled samples are put together into texts of like lengths.
"""

import argparse
import gzip
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

import seedbed_resources
from seedbed_engine.encoding.weights import find_model
from seedbed_engine.examples import Example, example_from_fields
from seedbed_engine.learning.batches import epoch_batches
from seedbed_engine.learning.items import infer_form
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import Step, TrainedModel, train
from seedbed_engine.settings import TrainingSettings

PADDED = 256
MICRO, ACCUMULATED = 4, 16
WEIGHTS = 10.6e6  # parameters of the encoder's layers, which every token passes
WARM = 2  # steps that are not counted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less data, for a look")
    size = 128 if parser.parse_args().quick else 256
    torch.set_num_threads(1)
    short, long, five = short_texts(size), long_texts(size // 2), five_options(size)
    peak = peak_gflops(torch.bfloat16)
    figures: dict[str, float | None] = {
        "anchor_peak_bf16_gflops": peak,
        "anchor_peak_fp32_gflops": peak_gflops(torch.float32),
    }
    ours_short, model, _ = product_rate("short", short, TrainingSettings(epochs=1))
    ours_long, _, tokens = product_rate("long", long, TrainingSettings(epochs=1, max_length=PADDED, freeze_lower=0))
    ours_five, _, _ = product_rate("five options apart", five, TrainingSettings(epochs=1, freeze_lower=0))
    ours_cross, _, _ = product_rate("five options together", five, TrainingSettings(epochs=1, cross_encoder=True))
    reference = Reference()
    references = {
        "short": reference.rate([[(e.question, None)] for e in short], 8),
        "long": reference.rate([[(e.question, e.context)] for e in long], 8),
        "five": reference.rate([[(e.question, option) for option in e.options] for e in five], 3),
    }
    figures |= {f"anchor_reference_{name}_per_s": rate for name, rate in references.items()}
    figures |= {
        "short_per_s": ours_short,
        "long_per_s": ours_long,
        "five_bi_per_s": ours_five,
        "five_cross_per_s": ours_cross,
    }
    figures["ratio_short"] = ours_short / references["short"]
    figures["ratio_long"] = ours_long / references["long"]
    figures["ratio_five_cross"] = ours_cross / references["five"]
    figures["ratio_five_bi"] = ours_five / references["five"]
    figures["ratio_evaluation"] = reference.evaluation_seconds(short[:96]) / product_evaluation_seconds(
        model, short[:96]
    )
    figures["share_of_bf16_peak_long"] = tokens * 6 * WEIGHTS / 1e9 / peak
    load = os.getloadavg()[0]
    say(f"load {load:.1f}")
    print(json.dumps({name: value if value is None else round(value, 3) for name, value in figures.items()}))


def say(text: str) -> None:
    print(text, flush=True)


def product_rate(
    name: str, examples: Sequence[Example], settings: TrainingSettings
) -> tuple[float, TrainedModel, float]:
    """Examples and padded tokens per CPU second of the product's own training, its first steps left out."""
    seen: list[float] = []
    form = infer_form(examples)

    def note(_: Step) -> None:
        seen.append(time.process_time())

    model = train(examples, form, settings, 1, on_step=note)
    assert model is not None
    lengths = [each.length for each in model.classifier.tokenize(examples)]
    batches = epoch_batches(lengths, settings.batch, 1, 0)[WARM:]
    seconds = seen[-1] - seen[WARM - 1]
    rate = sum(map(len, batches)) / seconds
    padded = sum(len(batch) * max(lengths[index] for index in batch) for batch in batches)
    precision = "bfloat16" if model.classifier.body.is_bf16 else "32 bits"
    say(f"{name}: {rate:.1f} examples per CPU second, {np.mean(lengths):.0f} tokens, {precision}")
    return rate, model, padded / seconds


def product_evaluation_seconds(model: TrainedModel, examples: Sequence[Example]) -> float:
    predict(model.classifier, examples[:16])
    return shortest(lambda: predict(model.classifier, examples))


class Reference:
    """The reference recipe on the same encoder."""

    def __init__(self) -> None:
        folder = str(find_model())
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder, use_safetensors=True).train()
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 2)
        parameters = [*self.encoder.parameters(), *self.head.parameters()]
        self.optimizer = torch.optim.AdamW(parameters, lr=1e-5, fused=False)

    def rate(self, questions: Sequence[Sequence[tuple[str, str | None]]], batches: int) -> float:
        """Examples per CPU second; the optimizer's step is shared out over the batches it stands for."""
        parts = [questions[at : at + MICRO] for at in range(0, MICRO * (batches + 1), MICRO)]
        self.learn_all(parts[:1])
        self.optimizer.step()
        learning = seconds_of(lambda: self.learn_all(parts[1:]))
        stepping = seconds_of(self.optimizer.step) / ACCUMULATED
        return MICRO * batches / (learning + batches * stepping)

    def learn_all(self, parts: Sequence[Sequence[Sequence[tuple[str, str | None]]]]) -> None:
        for part in parts:
            self.loss(part).backward()  # type: ignore[no-untyped-call]

    def loss(self, part: Sequence[Sequence[tuple[str, str | None]]]) -> torch.Tensor:
        texts = [text for options in part for text in options]
        seconds = [second for _, second in texts] if texts[0][1] is not None else None
        batch = self.tokenizer(
            [first for first, _ in texts], seconds, padding="max_length", truncation=True, max_length=PADDED,
            return_tensors="pt",
        )  # fmt: skip
        scores = self.head(self.encoder(**batch).last_hidden_state[:, 0])
        if len(part[0]) > 1:
            scores = scores[:, 0].view(len(part), -1)
        return torch.nn.functional.cross_entropy(scores, torch.zeros(len(part), dtype=torch.long))

    def evaluation_seconds(self, examples: Sequence[Example]) -> float:
        self.encoder.eval()
        parts = [[[(e.question, None)] for e in examples[at : at + MICRO]] for at in range(0, len(examples), MICRO)]
        return seconds_of(lambda: [float(self.loss(part).detach()) for part in parts])


def peak_gflops(kind: torch.dtype, size: int = 2048) -> float:
    """What this processor multiplies at best in this run."""
    first, second = torch.randn(size, size).to(kind), torch.randn(size, size).to(kind)
    torch.matmul(first, second)
    return 2 * size**3 / 1e9 / shortest(lambda: torch.matmul(first, second), 5)


def seconds_of(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def shortest(work: Callable[[], object], times: int = 3) -> float:
    return min(seconds_of(work) for _ in range(times))


def short_texts(count: int) -> list[Example]:
    return (read_paper("strategyqa") or list(read_sample("strategyqa")))[:count]


def long_texts(count: int) -> list[Example]:
    """Questions with a passage of about 237 tokens together."""
    found = read_paper("bioasq")
    if found:
        return found[:count]
    claims = [example.question for example in read_sample("creak")]
    chance = random.Random(13)
    return [replace(e, context=" ".join(chance.sample(claims, 16))) for e in read_sample("strategyqa")][:count]


def five_options(count: int) -> list[Example]:
    found = read_paper("csqa")
    if found:
        return found[:count]
    goals = list(read_sample("piqa"))
    answers = [" ".join(goal.answer.split()[:4]) for goal in goals]
    chance = random.Random(13)
    others = [chance.sample([a for a in answers if a != answer], 4) for answer in answers]
    return [
        Example(goal.question, (answer, *four), answer)
        for goal, answer, four in zip(goals, answers, others, strict=True)
    ][:count]


def read_paper(name: str) -> list[Example]:
    """The train split of a data set of the paper; nothing where the larger data are not at hand."""
    root = os.environ.get("SEEDBED_DATA")
    if not root:
        return []
    for path in sorted(Path(root).rglob(f"{name}/train.jsonl*")):
        text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return [example_from_fields(json.loads(line)) for line in text.decode().split("\n") if line]
    return []


def read_sample(name: str) -> Iterator[Example]:
    for line in seedbed_resources.text("samples", name, "train.jsonl").splitlines():
        yield example_from_fields(json.loads(line))


if __name__ == "__main__":
    main()
