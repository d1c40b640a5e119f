"""The index of the search: a full-text table that follows the lessons (SQLite), an index of words (PostgreSQL).

SQLite drops triggers when a later migration rebuilds the table; such a migration must run `create` again.
"""

from django.db import migrations

CREATE = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE lessons_search USING fts5(
            lesson UNINDEXED, search_text, tokenize='unicode61 remove_diacritics 0'
        )
        """,
        "INSERT INTO lessons_search (lesson, search_text) SELECT id, search_text FROM lessons_lesson",
        """
        CREATE TRIGGER lessons_search_add AFTER INSERT ON lessons_lesson BEGIN
            INSERT INTO lessons_search (lesson, search_text) VALUES (new.id, new.search_text);
        END
        """,
        """
        CREATE TRIGGER lessons_search_drop AFTER DELETE ON lessons_lesson BEGIN
            DELETE FROM lessons_search WHERE lesson = old.id;
        END
        """,
        """
        CREATE TRIGGER lessons_search_change AFTER UPDATE OF search_text ON lessons_lesson
        WHEN old.search_text <> new.search_text BEGIN
            UPDATE lessons_search SET search_text = new.search_text WHERE lesson = old.id;
        END
        """,
    ],
    "postgresql": [
        """
        CREATE INDEX lessons_search ON lessons_lesson
        USING gin (to_tsvector('simple'::regconfig, COALESCE(search_text, '')))
        """,
    ],
}
DROP = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS lessons_search_add",
        "DROP TRIGGER IF EXISTS lessons_search_drop",
        "DROP TRIGGER IF EXISTS lessons_search_change",
        "DROP TABLE IF EXISTS lessons_search",
    ],
    "postgresql": ["DROP INDEX IF EXISTS lessons_search"],
}


def create(apps, schema_editor):
    """Make the index, replacing one that is there."""
    drop(apps, schema_editor)
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    """Take the index away."""
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("lessons", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
