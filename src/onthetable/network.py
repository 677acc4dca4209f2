"""A small trained network that is part of the package, opened with its tokenizer."""

from __future__ import annotations

from importlib.resources import as_file, files

import onnxruntime
from tokenizers import Tokenizer


def opened(package: str) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
    """The network in the folder `encoder` of a package, on one thread, and its tokenizer."""
    folder = files(package).joinpath("encoder")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with as_file(folder.joinpath("weights.onnx")) as weights:  # read from files they are held once
        session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    return session, Tokenizer.from_str(folder.joinpath("tokenizer.json").read_text("utf-8"))
