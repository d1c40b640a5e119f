"""TRL 1.15 computes the log-probabilities of DPO and GRPO in a Triton kernel and has nothing else for a processor.

The same numbers in plain torch, for small models: the logits are held whole. Named in `trl/kernels/chunked_logprob.py`.
"""

from __future__ import annotations

from typing import Any


def use_plain_kernel() -> None:
    """Give TRL what it lacks where there is no Triton; elsewhere nothing changes."""
    from trl.trainer import utils  # noqa: PLC0415 - of the training environment

    if utils._ChunkedLogProbFunction is None:
        utils._ChunkedLogProbFunction = PlainLogProbs


class PlainLogProbs:
    """Stands where TRL expects an autograd function; torch derives the gradient itself."""

    @staticmethod
    def apply(
        hidden: Any,
        weight: Any,
        bias: Any,
        targets: Any,
        temperature: float,
        chunk_size: int,
        softcap: float | None,
        scale: float,
        outputs: tuple[str, ...],
    ) -> tuple[Any, ...]:
        """Log-probabilities of `targets`, then entropy, log of the sum of squares, mean logit and whether it leads."""
        import torch  # noqa: PLC0415

        logits = torch.nn.functional.linear(hidden, weight, bias).float() * scale
        if softcap is not None:
            logits = softcap * torch.tanh(logits / softcap)
        logits = logits / temperature
        logs = torch.log_softmax(logits, dim=-1)
        said = logs.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
        probabilities = logs.detach().exp()
        found = {
            "entropy": -(logs.exp() * logs).sum(-1),
            "log_sum_sq_probs": probabilities.square().sum(-1).log(),
            "mean_logits": logits.detach().mean(-1),
            "is_top1": logits.argmax(-1) == targets,
        }
        return said, *(value if name in outputs else None for name, value in found.items())
