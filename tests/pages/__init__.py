"""Tests of the pages people see."""
