"""A warm renderer for the tests that draw."""

from collections.abc import Iterator

import pytest

from generation import consumers


@pytest.fixture(scope="session", autouse=True)
def end_socket_threads(django_db_setup: None) -> Iterator[None]:
    """Let go of the connections that the sockets' threads hold before the test database is dropped."""
    yield
    consumers._threads.shutdown(wait=True)
