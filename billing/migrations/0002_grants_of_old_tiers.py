"""Tiers that staff set by hand become grants, so that nobody loses hers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def grant(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Make a grant without an end for everybody above Free."""
    user_model, account_model = apps.get_model("accounts", "User"), apps.get_model("billing", "BillingAccount")
    grant_model = apps.get_model("billing", "Grant")
    for user in user_model.objects.exclude(tier="free").iterator():
        account, _made = account_model.objects.get_or_create(user=user, defaults={"email": user.email})
        grant_model.objects.create(account=account, tier=user.tier, reason="Set by staff before there were grants.")


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_accounts_and_ledger")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
