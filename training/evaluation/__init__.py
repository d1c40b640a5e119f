"""Evaluation: what a model is asked, what is required of its answers, and how sure the scores are."""
