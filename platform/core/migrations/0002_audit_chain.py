"""Audit entries become a chain; those that are there already are sealed in the order they were written.

The signing repeats what `core.audit` does: a migration stays as it is when the module changes.
"""

import hashlib
import hmac
import json
from datetime import UTC

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def seal_existing(apps, schema_editor):
    entries = apps.get_model("core", "AuditEntry")._base_manager
    chain = apps.get_model("core", "AuditChain")
    key = settings.AUDIT_KEY or settings.SECRET_KEY
    place, seal = 0, ""
    for entry in entries.order_by("id").iterator(chunk_size=2000):
        actor = hashlib.sha256(f"theorama.actor:{entry.actor_id}".encode()).hexdigest() if entry.actor_id else ""
        created = entry.created.astimezone(UTC).isoformat(timespec="microseconds")
        said = [actor, entry.verb, entry.target_type, entry.target_id, _plain(entry.data), created]
        content = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        digest = _sign(key, f"entry:{content}")
        place += 1
        seal = _sign(key, f"place:{seal}:{place}:{digest}")
        entries.filter(pk=entry.pk).update(actor_key=actor, digest=digest, place=place, seal=seal)
    vouch = _sign(key, f"ends:0::{place}:{seal}")
    chain.objects.create(pk=1, last_place=place, last_seal=seal, vouch=vouch)


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _sign(key, message):
    return hmac.new(f"theorama.audit:{key}".encode(), message.encode(), hashlib.sha256).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_place", models.PositiveBigIntegerField(default=0)),
                ("first_seal", models.CharField(blank=True, max_length=64)),
                ("last_place", models.PositiveBigIntegerField(default=0)),
                ("last_seal", models.CharField(blank=True, max_length=64)),
                ("vouch", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="auditentry",
            name="actor_key",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="actor's pseudonym", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditentry",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditentry",
            name="place",
            field=models.PositiveBigIntegerField(editable=False, null=True, unique=True, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="seal",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.RunPython(seal_existing, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["actor_key", "-created"], name="audit_actor_key"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["-created", "-id"], name="audit_newest"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(condition=models.Q(("place", None)), fields=["id"], name="audit_unsealed"),
        ),
    ]
