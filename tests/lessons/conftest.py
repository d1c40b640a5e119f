"""A teacher who plans lessons."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def teacher(db: Any) -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, teacher: User) -> Client:
    client.force_login(teacher)
    return client
