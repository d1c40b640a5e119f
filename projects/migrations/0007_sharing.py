"""Shares with people, schools and by link; remixes and reports; comments, notices and activity."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_user_tier"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("projects", "0006_variants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="animation",
            options={
                "ordering": ["-updated"],
                "permissions": [
                    ("comment_animation", "Can comment on animation"),
                    ("remix_animation", "Can remix animation"),
                ],
                "verbose_name": "animation",
                "verbose_name_plural": "animations",
            },
        ),
        migrations.AlterModelOptions(
            name="project",
            options={
                "ordering": ["-updated"],
                "permissions": [
                    ("comment_project", "Can comment in project"),
                    ("remix_project", "Can remix what is in project"),
                ],
                "verbose_name": "project",
                "verbose_name_plural": "projects",
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("seconds", models.FloatField(blank=True, null=True, verbose_name="moment in seconds")),
                ("text", models.TextField(max_length=2000, verbose_name="comment")),
                ("edited", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited")),
                ("resolved", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="resolved")),
                (
                    "animation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="projects.animation"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["created"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("mentioned", models.BooleanField(default=False, verbose_name="mentioned")),
                ("read", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="read")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="projects.comment"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="PersonShare",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("view", "Can watch"),
                            ("comment", "Can comment"),
                            ("remix", "Can remix"),
                            ("edit", "Can edit"),
                        ],
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("opened", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="opened")),
                (
                    "animation",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="projects.animation"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="projects.project"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "share with a person",
                "verbose_name_plural": "shares with people",
                "ordering": ["created"],
            },
        ),
        migrations.CreateModel(
            name="ProjectUserObjectPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="projects.project"),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Remix",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("title", models.CharField(max_length=200, verbose_name="title of the original")),
                ("author", models.CharField(blank=True, max_length=120, verbose_name="author of the original")),
                (
                    "animation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remix_of", to="projects.animation"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="remixes",
                        to="projects.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "remix",
                "verbose_name_plural": "remixes",
            },
        ),
        migrations.CreateModel(
            name="SchoolShare",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("view", "Can watch"),
                            ("comment", "Can comment"),
                            ("remix", "Can remix"),
                            ("edit", "Can edit"),
                        ],
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                (
                    "animation",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="projects.animation"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="accounts.organisation"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "share with a school",
                "verbose_name_plural": "shares with schools",
                "ordering": ["created"],
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("view", "Can watch"),
                            ("comment", "Can comment"),
                            ("remix", "Can remix"),
                            ("edit", "Can edit"),
                        ],
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                ("expires", models.DateTimeField(verbose_name="expires")),
                ("revoked", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked")),
                ("variants", models.BooleanField(default=True, verbose_name="show versions made with knobs")),
                ("listed", models.BooleanField(default=False, verbose_name="search engines may list it")),
                (
                    "animation",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="projects.animation"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "share link",
                "verbose_name_plural": "share links",
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("wrong", "It teaches something wrong"),
                            ("unfit", "It is not fit for a classroom"),
                            ("private", "It shows something private"),
                            ("rights", "It is somebody else's work"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                        verbose_name="reason",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="in your words")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("open", "Open"), ("stopped", "Link stopped"), ("fine", "Nothing wrong")],
                        default="open",
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("handled", models.DateTimeField(blank=True, null=True, verbose_name="handled")),
                (
                    "animation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="projects.animation"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="projects.sharelink"
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["outcome", "created"],
            },
        ),
        migrations.CreateModel(
            name="LinkHolder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holders", to="projects.sharelink"
                    ),
                ),
            ],
            options={
                "verbose_name": "keeper of a link",
                "verbose_name_plural": "keepers of links",
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("verb", models.CharField(max_length=16, verbose_name="what happened")),
                ("what", models.CharField(max_length=200, verbose_name="title")),
                (
                    "created",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "animation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="activity",
                        to="projects.animation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="activity", to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["-created"],
                "indexes": [models.Index(fields=["project", "-created"], name="activity_of_project")],
            },
        ),
        migrations.CreateModel(
            name="AnimationUserObjectPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="projects.animation"),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "unique_together": {("user", "permission", "content_object")},
            },
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["animation", "created"], name="comments_of_animation"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="comment_text"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("seconds__isnull", True), ("seconds__gte", 0), _connector="OR"),
                name="comment_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "read", "-created"], name="notices_of_user"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("user", "comment"), name="told_once"),
        ),
        migrations.AddConstraint(
            model_name="personshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("animation__isnull", True), ("project__isnull", False)),
                    models.Q(("animation__isnull", False), ("project__isnull", True)),
                    _connector="OR",
                ),
                name="person_share_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="personshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["view", "comment", "remix", "edit"])), name="person_share_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="personshare",
            constraint=models.UniqueConstraint(fields=("project", "email"), name="project_shared_once"),
        ),
        migrations.AddConstraint(
            model_name="personshare",
            constraint=models.UniqueConstraint(fields=("animation", "email"), name="animation_shared_once"),
        ),
        migrations.AlterUniqueTogether(
            name="projectuserobjectpermission",
            unique_together={("user", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="schoolshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("animation__isnull", True), ("project__isnull", False)),
                    models.Q(("animation__isnull", False), ("project__isnull", True)),
                    _connector="OR",
                ),
                name="school_share_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["view", "comment", "remix", "edit"])), name="school_share_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolshare",
            constraint=models.UniqueConstraint(fields=("project", "organisation"), name="project_in_school_once"),
        ),
        migrations.AddConstraint(
            model_name="schoolshare",
            constraint=models.UniqueConstraint(fields=("animation", "organisation"), name="animation_in_school_once"),
        ),
        migrations.AddConstraint(
            model_name="sharelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("animation__isnull", True), ("project__isnull", False)),
                    models.Q(("animation__isnull", False), ("project__isnull", True)),
                    _connector="OR",
                ),
                name="share_link_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["view", "comment", "remix", "edit"])), name="share_link_level"
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["outcome", "created"], name="reports_waiting"),
        ),
        migrations.AddConstraint(
            model_name="linkholder",
            constraint=models.UniqueConstraint(fields=("link", "user"), name="link_kept_once"),
        ),
    ]
