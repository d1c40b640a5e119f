"""Storyboards that are changed before they are drawn."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("generation", "0004_checks_and_readings"),
        ("projects", "0004_storyboards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[
                    ("generate", "New animation"),
                    ("knobs", "Knobs turned"),
                    ("export", "Export"),
                    ("storyboard", "Storyboard edited"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("prompt", models.TextField(blank=True)),
                ("template", models.CharField(blank=True, max_length=100)),
                ("title", models.CharField(max_length=200)),
                ("source", models.TextField(blank=True)),
                ("cards", models.JSONField(default=list)),
                ("suggested", models.JSONField(default=list)),
                ("understood", models.JSONField(default=list)),
                (
                    "language",
                    models.CharField(default="en", help_text="Of captions, labels and words on screen.", max_length=8),
                ),
                ("sampling", models.JSONField(default=dict, help_text="For the model.")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "token",
                    models.CharField(
                        blank=True, db_index=True, help_text="Of the form that asked for it.", max_length=200
                    ),
                ),
                ("updated", models.DateTimeField(auto_now=True)),
                (
                    "animation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="board", to="projects.animation"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="generation.job"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        help_text="The revision that is changed; none before the first.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.revision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
