"""Whether what makes training quick costs accuracy: the product's training beside the reference recipe.

The reference recipe is rebuilt here: 32-bit floats, dropout everywhere, four examples at a time and sixteen times
before each step of AdamW, a linear rise and fall, multiple choice as one text for each pair of question and option, the
best epoch by the dev split. It pads every text to 256 tokens; padding is masked and changes nothing but time, which is
shown first, so here it pads to the longest of a batch. CREAK with 2,000 and CommonsenseQA with 1,000 examples, drawn
for each seed; both are judged by the whole test split. Its learning rate is the product's, not one of the paper's,
which were chosen for a model thirty times as large.

Rows go to OUT/parity.jsonl; what is there is not done again. Run from the project's root, with SEEDBED_DATA naming the
data sets' folder: python bench/parity.py OUT [--seeds 3] [--tasks creak,csqa]
"""

import argparse
import json
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModel, AutoTokenizer, get_linear_schedule_with_warmup

from seedbed_engine.encoding.weights import find_model
from seedbed_engine.examples import Example, example_from_fields
from seedbed_engine.learning.items import infer_form
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import train
from seedbed_engine.settings import TrainingSettings

SIZES = {"creak": 2000, "csqa": 1000}
EPOCHS = {"creak": 10, "csqa": 5}  # of the reference
RATE = 5e-5
MICRO, ACCUMULATED = 4, 16
WARM_SHARE = 0.1
PADDED = 256
DEV = 300


def read(task: str, split: str) -> list[Example]:
    path = Path(os.environ["SEEDBED_DATA"]) / task / f"{split}.jsonl"
    fields = ("question", "context", "options", "answer")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [example_from_fields({name: row[name] for name in fields}) for row in rows]


class Reference:
    """The reference recipe on the product's encoder."""

    def __init__(self, seed: int, is_choice: bool) -> None:
        torch.manual_seed(seed)
        folder = str(find_model())
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder, use_safetensors=True)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 1 if is_choice else 2)
        self.is_choice = is_choice
        self.chance = random.Random(seed)

    def modules(self) -> tuple[torch.nn.Module, torch.nn.Module]:
        return self.encoder, self.head

    def scores(self, part: Sequence[Example], padding: str = "longest") -> torch.Tensor:
        """Scores (n, options) of examples that have equally many."""
        pairs = [(e.question, o) for e in part for o in e.options] if self.is_choice else [(e.question,) for e in part]
        columns = [list(column) for column in zip(*pairs, strict=True)]
        batch = self.tokenizer(
            *columns, padding=padding, truncation=True, max_length=PADDED, return_tensors="pt"
        )  # fmt: skip
        scores = self.head(self.encoder(**batch).last_hidden_state[:, 0])
        return scores.view(len(part), -1)

    def learn(self, examples: Sequence[Example], dev: Sequence[Example], epochs: int) -> None:
        """Train; the weights of the epoch that is best on the dev examples are kept."""
        parameters = [each for module in self.modules() for each in module.parameters()]
        steps = epochs * -(-len(examples) // (MICRO * ACCUMULATED))
        optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
        schedule = get_linear_schedule_with_warmup(optimizer, round(WARM_SHARE * steps), steps)
        best: tuple[float, list[dict[str, torch.Tensor]]] = (-1.0, [])
        for _ in range(epochs):
            for module in self.modules():
                module.train()
            order = self.chance.sample(list(examples), len(examples))
            for at in range(0, len(order), MICRO * ACCUMULATED):
                whole = order[at : at + MICRO * ACCUMULATED]
                for place in range(0, len(whole), MICRO):
                    part = whole[place : place + MICRO]
                    answers = torch.tensor([e.answer_index for e in part])
                    loss = torch.nn.functional.cross_entropy(self.scores(part), answers, reduction="sum")
                    (loss / len(whole)).backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
            right = self.accuracy(dev)
            if right > best[0]:
                best = (right, [{k: v.clone() for k, v in m.state_dict().items()} for m in self.modules()])
        for module, state in zip(self.modules(), best[1], strict=True):
            module.load_state_dict(state)

    def accuracy(self, examples: Sequence[Example]) -> float:
        for module in self.modules():
            module.eval()
        right = 0
        ordered = sorted(examples, key=lambda e: len(e.question))  # alike in length: quicker
        with torch.inference_mode():
            for at in range(0, len(ordered), 32):
                part = ordered[at : at + 32]
                chosen = self.scores(part).argmax(dim=1).tolist()
                right += sum(place == e.answer_index for place, e in zip(chosen, part, strict=True))
        return right / len(examples)


def padding_changes() -> float:
    """The largest difference that padding to 256 tokens makes in any score or gradient, as a share of the largest."""
    examples = read("creak", "train")[:8]
    found: list[list[torch.Tensor]] = []
    for padding in ("longest", "max_length"):
        reference = Reference(1, is_choice=False)
        for module in reference.modules():
            module.eval()  # without dropout, whose draws would differ
        scores = reference.scores(examples, padding)
        loss = torch.nn.functional.cross_entropy(scores, torch.tensor([e.answer_index for e in examples]))
        loss.backward()  # type: ignore[no-untyped-call]
        gradients = [p.grad for m in reference.modules() for p in m.parameters() if p.grad is not None]
        found.append([scores.detach(), *gradients])
    largest = max(float(a.abs().max()) for a in found[0])
    return max(float((a - b).abs().max()) for a, b in zip(*found, strict=True)) / largest


def product_accuracy(examples: Sequence[Example], test: Sequence[Example], seed: int) -> float:
    model = train(examples, infer_form(examples), TrainingSettings(), seed)
    assert model is not None
    shares = predict(model.classifier, test)
    right = [
        max(range(len(each)), key=each.__getitem__) == e.answer_index for each, e in zip(shares, test, strict=True)
    ]
    return sum(right) / len(right)


def measure(task: str, way: str, seed: int) -> dict[str, Any]:
    test = read(task, "test")
    chosen = random.Random(f"parity/{task}/{seed}").sample(read(task, "train"), SIZES[task])
    began = time.process_time()
    if way == "ours":
        accuracy = product_accuracy(chosen, test, seed)
    else:
        reference = Reference(seed, is_choice=task == "csqa")
        reference.learn(chosen, read(task, "dev")[:DEV], EPOCHS[task])
        accuracy = reference.accuracy(test)
    counts = [sum(e.answer_index == place for e in test) for place in range(len(test[0].options))]
    return {
        "task": task,
        "way": way,
        "seed": seed,
        "accuracy": round(accuracy, 4),
        "majority": round(max(counts) / len(test), 4),
        "cpu_s": round(time.process_time() - began, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tasks", default=",".join(SIZES))
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    kept = given.out / "parity.jsonl"
    rows = [json.loads(line) for line in kept.read_text().split("\n") if line] if kept.exists() else []
    print(f"padding changes scores and gradients by at most {padding_changes():.1e} of the largest")
    for task in given.tasks.split(","):
        for way in ("ours", "reference"):
            for seed in range(1, given.seeds + 1):
                if not any((r["task"], r["way"], r["seed"]) == (task, way, seed) for r in rows):
                    rows.append(measure(task, way, seed))
                    with kept.open("a") as file:
                        file.write(json.dumps(rows[-1]) + "\n")
                    print(rows[-1], flush=True)
    figures: dict[str, float] = {}
    for task in given.tasks.split(","):
        for way in ("ours", "reference"):
            of = [r for r in rows if (r["task"], r["way"]) == (task, way)]
            figures[f"{task}_{way}"] = round(sum(r["accuracy"] for r in of) / len(of), 4)
            figures[f"{task}_{way}_cpu_s"] = round(sum(r["cpu_s"] for r in of) / len(of), 1)
            figures[f"{task}_majority"] = of[0]["majority"]
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
