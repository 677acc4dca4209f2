"""Writes what `training/attribution.py` learned as int8 ONNX into the package: weights.onnx, tokenizer.json.

Weights are quantised dynamically (int8, each output channel by itself); what the linker needs beside the link vectors
of each token (the bias by distance, the vector for "no cue") is kept as JSON in the metadata of the ONNX file.

    python training/export.py BASE OUT/model.pt src/onthetable/statements/encoder

Needs torch, transformers, onnx and onnxruntime. MODEL_CARD.md beside the weights holds their sha256, to be renewed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quant_pre_process, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from attribution import TAGS, WIDTH, Tagger

OPSET = 17


class Exported(nn.Module):
    """Tokens in, 0 where padded; tag scores and link vectors out."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens (batch, token) to tag scores and link vectors."""
        return self.tagger(tokens, (tokens > 0).long())  # type: ignore[no-any-return]


def export(base: Path, weights: Path | None, folder: Path) -> None:
    """Writes the two files; without weights the untrained heads are written, which is only of use to try the way."""
    tagger = Tagger(base)
    if weights:
        tagger.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    tagger.eval()
    tagger.encoder.config._attn_implementation = "eager"
    folder.mkdir(parents=True, exist_ok=True)
    sample = torch.randint(1000, 2000, (2, 32))
    axes = {0: "batch", 1: "token"}
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        torch.onnx.export(
            Exported(tagger), (sample,), str(plain), input_names=["tokens"], output_names=["tags", "links"],
            dynamic_axes={"tokens": axes, "tags": axes, "links": axes}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(folder / "weights.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    model = onnx.load(str(folder / "weights.onnx"))
    about = {
        "tags": list(TAGS),
        "width": WIDTH,
        "bias": [[round(x, 4) for x in row] for row in tagger.bias.tolist()],
        "none": [[round(x, 4) for x in row] for row in tagger.none.tolist()],
    }
    onnx.helper.set_model_props(model, {"linker": json.dumps(about)})
    onnx.save(model, str(folder / "weights.onnx"))
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    print("sha256", hashlib.sha256((folder / "weights.onnx").read_bytes()).hexdigest())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("weights", type=Path, help="model.pt")
    parser.add_argument("folder", type=Path, help="where the package keeps them")
    args = parser.parse_args()
    export(args.base, args.weights, args.folder)


if __name__ == "__main__":
    main()
