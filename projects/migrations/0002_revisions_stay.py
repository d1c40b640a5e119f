"""The database itself refuses to change a revision. Only its author may be emptied, when the account goes.

SQLite drops triggers when a later migration rebuilds the table; such a migration must run `create` again.
`tests/projects/test_revision_trigger.py` fails where one forgets.
"""

from django.db import migrations

COLUMNS = (
    "id, animation_id, number, parent_id, prompt, template, title, storyboard, source, "
    '"values", understood, origin, created'
)
CREATE = {
    "sqlite": [
        f"""
        CREATE TRIGGER projects_revision_stays BEFORE UPDATE OF {COLUMNS} ON projects_revision
        BEGIN SELECT RAISE(ABORT, 'Revisions are never changed.'); END
        """,
    ],
    "postgresql": [
        """
        CREATE FUNCTION projects_revision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'Revisions are never changed.' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER projects_revision_stays BEFORE UPDATE OF {COLUMNS} ON projects_revision
        FOR EACH ROW EXECUTE FUNCTION projects_revision_stays()
        """,
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER IF EXISTS projects_revision_stays"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS projects_revision_stays ON projects_revision",
        "DROP FUNCTION IF EXISTS projects_revision_stays",
    ],
}


def create(apps, schema_editor):
    """Put the trigger in place, replacing one that is there."""
    drop(apps, schema_editor)
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Take the trigger away."""
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
