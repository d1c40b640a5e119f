"""Make a tiny Qwen3 model with random weights and two adapters for it. Run by the Python of the vLLM environment.

Usage: make_model.py FOLDER TEXT_FILE...   (the files teach the tokenizer its words)
"""

import sys
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from tokenizers import ByteLevelBPETokenizer
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

WORDS = 2048
LENGTH = 16384
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>"]
# As Qwen3's own: an empty thought is put in the model's mouth where thinking is off.
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}{% endif %}"
)


def main(folder: Path, texts: list[str]) -> None:
    torch.manual_seed(7)
    trained = ByteLevelBPETokenizer()
    trained.train(texts, vocab_size=WORDS, special_tokens=SPECIAL, show_progress=False)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=trained._tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>", model_max_length=LENGTH
    )
    tokenizer.chat_template = TEMPLATE
    config = Qwen3Config(
        vocab_size=WORDS,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=32,
        max_position_embeddings=LENGTH,
        initializer_range=0.1,  # unlike a trained model's, but then greedy choices differ clearly from one another
        tie_word_embeddings=False,
        bos_token_id=0,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    model = Qwen3ForCausalLM(config).to(torch.bfloat16)
    tokenizer.save_pretrained(folder / "base")
    model.save_pretrained(folder / "base")
    shape = LoraConfig(r=8, lora_alpha=32, target_modules="all-linear", init_lora_weights=False, task_type="CAUSAL_LM")
    get_peft_model(model, shape).save_pretrained(folder / "manim")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
