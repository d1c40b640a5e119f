"""Settings, read from the environment. The defaults run on a laptop: SQLite, no Redis, no GPU, no network.

`core.checks` refuses the unsafe defaults when DEBUG is off.
"""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy

from config import env

ROOT = Path(__file__).resolve().parents[2]
PRODUCT_NAME = "Theorama"

# --- Where things live ---------------------------------------------------------------------------
DATA_DIR = env.path("DATA_DIR", ROOT / "var")
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
RUN_DIR = DATA_DIR / "run"
MEDIA_ROOT = DATA_DIR / "media"
SCENE_CACHE_DIR = DATA_DIR / "scenes"
SITE_URL = env.text("SITE_URL").rstrip("/")  # https://theorama.example; hand-outs carry it
STORAGE_URL = env.text("STORAGE_URL")  # s3://bucket/prefix?endpoint=...; empty keeps artefacts under MEDIA_ROOT
MEDIA_URL = "/media/"  # never served directly; files leave through signed links

# --- Security ------------------------------------------------------------------------------------
DEBUG = env.boolean("DEBUG", default=False)
INSECURE_DEVELOPMENT_KEY = "insecure-development-key-never-use-in-production-0123456789abcdef"
SECRET_KEY = env.text("SECRET_KEY") or INSECURE_DEVELOPMENT_KEY
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
AUDIT_KEY = env.text("AUDIT_KEY")  # signs the audit trail in place of SECRET_KEY; never changed once set
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
HTTPS = env.boolean("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.integer("TRUSTED_PROXY_COUNT", 0) else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# --- Applications --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts.apps.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "guardian",
    "djstripe",
    "core",
    "accounts",
    "billing",
    "billing.stripe",
    "projects",
    "generation",
    "lessons",
    "training",
    "pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.DomainErrorPages",
    "accounts.viewing_as.ViewingAs",
    "core.middleware.Gates",
]
# Asked with the request before every view; what one returns is the answer.
GATES = ["accounts.counting.gate", "accounts.leaving.gate", "accounts.second_factor.gate"]
# Where people act for others: whoever needs a second factor (staff, those who run or pay for an organisation) and has
# none is sent to set one up.
SECOND_FACTOR_PATHS = ["/admin/", "/audit/", "/billing/", "/insights/", "/organisations/", "/staff/"]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.product",
                "billing.context.allowance",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
COTTON_DIR = "components"

# --- Data ----------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        # A file, so that threads and other processes of a test see the same database.
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 5000},  # running jobs keep segments of video here; above this any entry may go
    }
}
CHANNEL_LAYERS: dict[str, Any] = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
# Redis reaches followers in other processes; the in-memory layer never does, so they look more often.
SHARED_CHANNEL_LAYER = bool(REDIS_URL)

# How often, by act and by whom it is counted for (core.limits). An address may be a whole school's.
LIMITS_REDIS_URL = REDIS_URL  # empty: rows of the database
RATE_SUBJECTS = "accounts.counting.subjects"
RATES: dict[str, dict[str, str]] = {
    "api": {"user": "1200/minute"},
    "submit": {"user": "60/minute", "key": "60/minute", "organisation": "600/minute"},
    "join_code": {"user": "20/hour", "address": "200/hour"},
    "bad_link": {"address": "60/hour"},
    "comment": {"user": "120/hour"},
    "share": {"user": "60/hour"},
    "report": {"address": "20/hour"},
    "prompt": {"address": "60/minute"},
    "sign_in": {"address": "120/5 minutes", "account": "50/5 minutes"},
    "sign_up": {"address": "60/10 minutes", "account": "10/hour"},
    "reset": {"address": "60/10 minutes", "account": "10/hour"},
    "code": {"address": "120/5 minutes", "account": "30/5 minutes"},
    "data_export": {"user": "5/day"},
}
# Forms that are counted as an act before their view sees them; allauth's own limits stand behind these.
COUNTED_DOORS = {
    "account_login": "sign_in",
    "account_signup": "sign_up",
    "account_reset_password": "reset",
    "account_confirm_password_reset_code": "code",
    "account_email_verification_sent": "code",
    "account_reauthenticate": "code",
    "account_change_password": "code",
    "mfa_authenticate": "code",
    "mfa_login_webauthn": "sign_in",
    "mfa_reauthenticate": "code",
}

# --- Work ----------------------------------------------------------------------------------------
BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT = None if REDIS_URL else "config.broker:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 60}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.05,
    }
)
CELERY_BROKER_CONNECTION_TIMEOUT = 2.0
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# docs/jobs.md says what these decide.
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 20.0)
JOB_MAX_ATTEMPTS = env.integer("JOB_MAX_ATTEMPTS", 3)
JOB_GRACE_SECONDS = env.number("JOB_GRACE_SECONDS", 30.0)
JOB_QUEUE_LIMIT = env.integer("JOB_QUEUE_LIMIT", 20)
# A model that writes what the library does not have: any OpenAI-compatible server. Without an address none is offered.
MODEL_URL = env.text("MODEL_URL")  # ends before /chat/completions, usually in /v1
MODEL_URL_HEDGE = env.text("MODEL_URL_HEDGE")  # a second server of the same model
MODEL_NAME = env.text("MODEL_NAME", "base")
MODEL_ADAPTER = env.text("MODEL_ADAPTER")
MODEL_KEY = env.text("MODEL_KEY")
MODEL_PROFILE = env.one_of(
    "MODEL_PROFILE", ("large", "small")
)  # "small" for a model of one or two billion weights on a CPU
MODELS_DIR = env.path("MODELS_DIR", DATA_DIR / "models")  # of the model that `manage.py models fetch` gets
LOCAL_MODEL_ADAPTER = env.path("LOCAL_MODEL_ADAPTER", MODELS_DIR / "adapter.gguf")
# What trains adapters, in an environment of its own: docs/training-tuning.md.
TRAINING_PYTHON = env.text("TRAINING_PYTHON")  # else the Python of .venv-training, or of .venv-vllm for a processor
TRAINING_THREADS = env.integer("TRAINING_THREADS", 1)  # of a run on a processor
# Called with an adapter (its name, or its file) and `paying`; each says whether it may be served to such a tenant.
ADAPTER_CHECKS = ["training.registry.may_serve"]
# Names a function that says of a user whether what she gives may be trained on. Without one nothing is.
TRAINING_CONSENT = "training.feedback.consent.may_learn_from"
# Names a function that says of a user which version of the consent text holds for her ("" for none), and one that says
# of an organisation, other than a school or a district, whether its members may give. Without them nothing is kept.
TRAINING_CONSENT_RECORD = "accounts.consents.training_version"
TRAINING_ORGANISATION_CONSENT = ""
# Called with a user who takes a consent of that kind back, in the same transaction.
CONSENT_WITHDRAWN = {"training": "training.feedback.recording.withdraw"}
# Called with what somebody did with a generation: generation.feedback says with what.
FEEDBACK_LISTENERS = ["training.feedback.recording.heard"]
# Called with a draft that a model wrote and that is shown now: training.shadow.after_draft says with what.
DRAFT_LISTENERS = ["training.shadow.after_draft"]
# NAME=PERCENT, with commas: adapters that write for a share of the people; the rest is MODEL_ADAPTER's.
MODEL_SPLIT = env.words("MODEL_SPLIT")
# NAME=PERCENT: an adapter that writes once more, for a share of the jobs, what nobody is shown.
MODEL_SHADOW = env.words("MODEL_SHADOW")
MINIMUM_FREE_BYTES = env.integer("MINIMUM_FREE_BYTES", 200 << 20)

# --- Money ---------------------------------------------------------------------------------------
# Without a key nothing calls Stripe, and tiers are given by hand. docs/stripe.md says how to set it up.
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRETS = env.words("STRIPE_WEBHOOK_SECRETS")  # two while one replaces the other
STRIPE_TAX = env.boolean("STRIPE_TAX", default=False)  # Stripe Tax reckons the tax; it must be set up there first
STRIPE_TRIAL_DAYS = env.integer("STRIPE_TRIAL_DAYS", 14)  # of Professional, once per account; 0 for none
STRIPE_GRACE_DAYS = env.integer("STRIPE_GRACE_DAYS", 14)  # that nothing is lost while a payment is due
# On a laptop a double of Stripe can stand in (only with DEBUG): STRIPE_DOUBLE=yes make run.
STRIPE_DOUBLE = env.boolean("STRIPE_DOUBLE", default=False)
STRIPE_DOUBLE_PORT = env.integer("STRIPE_DOUBLE_PORT", 8420)
if STRIPE_DOUBLE and DEBUG:
    STRIPE_API_HOST = f"http://127.0.0.1:{STRIPE_DOUBLE_PORT}"
    STRIPE_SECRET_KEY = "sk_test_theoramadoublekey0000000"  # noqa: S105 - opens nothing but the double
STRIPE_LIVE_MODE = STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))
STRIPE_LIVE_SECRET_KEY = STRIPE_SECRET_KEY if STRIPE_LIVE_MODE else ""
STRIPE_TEST_SECRET_KEY = "" if STRIPE_LIVE_MODE else STRIPE_SECRET_KEY
STRIPE_API_VERSION = "2026-08-26.dahlia"  # the one that the pinned SDK's types describe
DJSTRIPE_FOREIGN_KEY_TO_FIELD = "id"
DJSTRIPE_SUBSCRIBER_MODEL = "billing.BillingAccount"
DJSTRIPE_SUBSCRIBER_MODEL_MIGRATION_DEPENDENCY = "0001_accounts_and_ledger"
# One generated migration instead of the hundreds of operations that come with dj-stripe and take a minute.
MIGRATION_MODULES = {"djstripe": "billing.stripe.djstripe.migrations"}
# Called after a payment with the buyer and what she was about to do; each starts what it knows.
AFTER_PAYMENT = ["generation.wishes.start"]
# Says whether a user is a verified educator, who pays half.
EDUCATOR_CHECK = "accounts.verification.is_verified_educator"

# --- People --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Rights on one object: rows with a foreign key of their own, asked through `projects.permissions` and nowhere else.
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
ANONYMOUS_USER_NAME = None  # no row for a visitor among the accounts
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its authentication backend would let superusers see everything
# Called with every title that somebody gives to a project or an animation; raises DomainError.
TITLE_CHECKS = ["generation.titles.require_fit"]
# Called with a user; each returns a condition (Q) on artefacts of others that she may watch.
ARTEFACT_SHARES = ["lessons.sharing.watchable"]
# Keeps files; `accounts` asks for it by name, since the store is of an app above it.
FILE_STORE = "projects.storage.current"
# Called with names of files; each returns those that rows of its app still need. Others are orphans.
FILE_KEEPERS = ["accounts.exporting.kept_files"]
# Called with a user; each returns what its app knows about her (core.personal). docs/privacy/data-map.md
PERSONAL_DATA = [
    "accounts.personal.data",
    "projects.personal.data",
    "generation.personal.data",
    "lessons.personal.data",
    "billing.personal.data",
    "training.personal.data",
]
# Called in this order with a user whose account ends and the colleague who takes over, or None. Each may be called
# again after it was killed half-way. What is not named here goes with the account's row.
ACCOUNT_PURGES = [
    "generation.leaving.purge",
    "lessons.leaving.purge",
    "projects.leaving.purge",
    "billing.stripe.leaving.purge",
    "accounts.leaving.purge",
]
# Called with a user; each returns a condition (Q) on users who count as colleagues, to whom she may hand over.
COLLEAGUES = ["accounts.leaving.same_organisation", "lessons.leaving.same_classroom"]
# Called with a user; each returns sentences that say what an end of her account would do.
LEAVING_WORDS = ["projects.leaving.words", "lessons.leaving.words"]
# What every worker does every so many seconds, beside its jobs.
HOUSEKEEPING = {
    "accounts.exporting.make_waiting": 2.0,
    "accounts.leaving.purge_due": 60.0,
    "core.audit.seal": 60.0,
    "core.retention.sweep": 3600.0,
}
# How long things are kept (core.retention); a site may keep something for other days than its rule says.
RETENTION_RULES = [
    "core.retention.RULES",
    "accounts.retention.RULES",
    "generation.retention.RULES",
    "lessons.retention.RULES",
    "billing.stripe.retention.RULES",
]
RETENTION_DAYS: dict[str, int] = {}
# Called with people and a time (core.insights.Span): tables of numbers for the page /insights/, and of the way from
# signing up to paying the steps between, each with the function that keeps those who took it.
INSIGHTS = ["generation.insights.tables", "lessons.insights.tables"]
INSIGHT_STEPS = [
    (gettext_lazy("Had an animation made"), "generation.insights.made_by"),
    (gettext_lazy("Put one into a lesson"), "lessons.insights.taught_by"),
    (gettext_lazy("Took one away"), "generation.insights.exported_by"),
]
# Called with the one who leaves and the colleague who takes over; each returns how many things it moved.
WORK_TRANSFERS = ["projects.services.hand_over_work", "lessons.services.hand_over_work"]
# Called with an organisation: the seats that it bought, None where nobody counts.
SEAT_LIMIT = "billing.seats.limit"
# Called with people and two moments: what they made.
ORGANISATION_USAGE = "generation.usage.of_people"
# On quotes and invoices: who sells (name, address, tax number; \n between lines), and the tax that is added.
INVOICE_SELLER = env.text("INVOICE_SELLER", PRODUCT_NAME).replace("\\n", "\n")
INVOICE_TAX_PERCENT = env.number("INVOICE_TAX_PERCENT", 0.0)
DNS_SERVERS = env.words("DNS_SERVERS")  # address or address:port; empty: those of this machine
SIGN_ON_HOSTS = env.words("SIGN_ON_HOSTS")  # identity providers in the operator's own network; all others are public
VERIFICATION_DOCUMENT_DAYS = env.integer("VERIFICATION_DOCUMENT_DAYS", 7)  # how long a proof outlives its decision
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/dashboard/"
ACCOUNT_ADAPTER = "accounts.sign_on_adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.sign_on_adapters.SchoolSignOnAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # the adapter believes a school for its own domains alone
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# School mail scanners open links, so an address is confirmed by typing a code, never by a GET.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"signup": "accounts.sign_up.SignupForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told by mail
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{PRODUCT_NAME}] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PRODUCT_NAME
MFA_TOTP_TOLERANCE = 1  # a code typed as it changes still works
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False  # a write per request would compete with jobs for SQLite's one writer

# --- Mail ----------------------------------------------------------------------------------------
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{PRODUCT_NAME} <hello@localhost>")
BILLING_CONTACT = env.text("BILLING_CONTACT", parseaddr(DEFAULT_FROM_EMAIL)[1])

# --- API -----------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "billing.api.TierHasApi"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.problem_response",
    "DEFAULT_VERSIONING_CLASS": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DEFAULT_THROTTLE_CLASSES": ["core.throttling.ApiThrottle", "billing.api.KeyThrottle"],
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": f"{PRODUCT_NAME} API",
    "DESCRIPTION": "Turn a sentence into a mathematical animation.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "ENUM_NAME_OVERRIDES": {
        "JobState": "generation.models.Job.State",
        "JobKind": "generation.models.Job.Kind",
        "Quality": "generation.models.Job.QualityChoice",
        "QueueState": ["ready", "refusing", "no_worker"],
    },
}

# --- Language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français"), ("de", "Deutsch")]  # in their own words
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # They tell every step, and every request to the model.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "httpx2", "stripe")},
}
