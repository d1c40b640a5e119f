"""Revisions may come of an edited storyboard. SQLite rebuilds the table, so its trigger is made anew either way."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

stays = import_module("projects.migrations.0002_revisions_stay")


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, stays.create),
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_origin",
        ),
        migrations.AlterField(
            model_name="revision",
            name="origin",
            field=models.CharField(
                choices=[
                    ("generated", "Made from a prompt"),
                    ("knobs", "Knobs turned"),
                    ("edited", "Code edited"),
                    ("restored", "Brought back"),
                    ("storyboard", "Storyboard edited"),
                ],
                max_length=16,
                verbose_name="origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["generated", "knobs", "edited", "restored", "storyboard"])),
                name="revision_origin",
            ),
        ),
        migrations.RunPython(stays.create, migrations.RunPython.noop),
    ]
