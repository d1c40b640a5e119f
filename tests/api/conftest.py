"""A teacher at the API, and another one who is none of her business."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def teacher(db: Any) -> User:
    return UserFactory()


@pytest.fixture
def api(teacher: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(teacher)
    return client


@pytest.fixture
def stranger(db: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(UserFactory())
    return client
