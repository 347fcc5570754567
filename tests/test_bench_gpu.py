"""The benchmark for a GPU, on a model of two layers, so that it works the first time on one."""

import json

import pytest
import torch

from scripts.bench_gpu import NO_GPU, main


def test_every_variant_is_measured_and_what_fails_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sizes = ["--prompt-tokens", "50", "--new-tokens", "12"]
    main(["--tiny", "--weights", "nf4", *sizes, "--batches", "2", "0"])  # 0 texts cannot be written

    printed = json.loads(capsys.readouterr().out)
    assert [(v["decoding"], v["batch"], bool(v["error"])) for v in printed["variants"]] == [
        ("plain", 1, False),
        ("lookup", 1, False),
        ("lookup", 1, False),
        ("plain", 2, False),
        ("plain", 0, True),
        ("compiled", 1, False),
        ("compiled", 2, False),
        ("compiled", 0, True),
    ]
    done = [v for v in printed["variants"] if not v["error"]]
    assert all(v["tokens_per_second"] > 0 and v["ceiling_tokens_per_second"] > 0 for v in done)
    assert set(printed["tokens_that_pay_a_guess"]) == {"nf4, 3 at once", "nf4, 10 at once"}
    assert printed["compiled_over_plain"]["nf4"] > 0


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_one_line_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    main([])

    assert capsys.readouterr().out == f"{NO_GPU}\n"
