"""Rows to train on: taken from sources whose licence is known, checked as the product checks, written as shards."""
