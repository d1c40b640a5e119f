"""Tests of what is recomputed before class."""
