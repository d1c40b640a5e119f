"""The scorecard: a suite of prompts, what a writer makes of each, and how sure the rates are."""
