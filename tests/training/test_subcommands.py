"""Subcommands register themselves."""

from django.core.management import CommandError, call_command
from pytest import raises

from training.management import subcommands


def test_every_module_of_the_package_is_a_subcommand_with_help_and_arguments():
    assert {"extract", "convert"} <= set(subcommands.names())
    for name in subcommands.names():
        module = subcommands.load(name)
        assert module.HELP
        assert callable(module.add_arguments)
        assert callable(module.run)


def test_an_unknown_subcommand_is_refused():
    with raises(CommandError, match="invalid choice"):
        call_command("training", "unheard-of")
