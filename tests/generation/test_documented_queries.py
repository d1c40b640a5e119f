"""The queries that docs/operations.md gives to operators run on the database of production."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

OPERATIONS = Path(settings.ROOT) / "docs/operations.md"


@pytest.mark.django_db
def test_each_query_of_the_operations_page_runs() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the queries are PostgreSQL's: scripts/with-services runs this")
    blocks = re.findall(r"```sql\n(.*?)```", OPERATIONS.read_text(), re.S)
    queries = [query for block in blocks for query in block.split(";") if query.strip()]
    assert len(queries) == 4
    for query in queries:
        with connection.cursor() as cursor:
            cursor.execute(query)
