"""Django settings: one file, every value from the environment or a default that is safe on one machine."""

import ipaddress
import os
import pathlib
import secrets

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from makegood.config import home
from makegood.connectors import web

PACKAGE = pathlib.Path(__file__).resolve().parent.parent
HOME = home.home()
DEBUG = os.environ.get("MAKEGOOD_DEBUG") == "1"
PUBLIC_URL = os.environ.get("MAKEGOOD_URL", "http://127.0.0.1:8000")
ADSERVER_URL = os.environ.get("MAKEGOOD_ADSERVER_URL", "http://127.0.0.1:8100")
METRICS_TOKEN = os.environ.get("MAKEGOOD_METRICS_TOKEN", "")  # a monitor sends it as a bearer token to /metrics/; empty: people only


def _secret() -> str:
    """The installation's own secret, made once and readable by its owner only."""
    path = HOME / "secret-key"
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = os.environ.get("MAKEGOOD_SECRET_KEY") or _secret()
ALLOWED_HOSTS = os.environ.get("MAKEGOOD_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

RECORDS = [
    f"makegood.{name}"
    for name in (
        "core", "work", "accounts", "catalog", "sales", "creatives", "orders", "trafficking", "delivery", "billing",
        "insight",
    )
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    *RECORDS,
    "makegood.interfaces.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "makegood.interfaces.web.limits.Middleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "makegood.interfaces.web.portal.gate.Middleware",
    "makegood.interfaces.web.refusals.Middleware",
    "makegood.interfaces.web.repeats.Middleware",  # last: it runs the view itself, after every other guard
]
ROOT_URLCONF = "makegood.config.urls"
WSGI_APPLICATION = "makegood.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "makegood.interfaces.web.shell.context",
            ],
            "builtins": ["makegood.interfaces.web.templatetags.mg", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", "postgresql:///makegood"), conn_max_age=600)}
# Lists join some ten tables along their foreign keys, in the order wanted; weighing every other order takes PostgreSQL 50 ms a query.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c join_collapse_limit=4")
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("MAKEGOOD_TEST_TEMPLATE")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # each action is atomic by itself; a page may show what failed
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by an administrator; nobody signs up
ACCOUNT_ADAPTER = "makegood.interfaces.web.signin.Adapter"
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip"}
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_CALLABLE = "makegood.interfaces.web.signin.locked_out"
CSRF_FAILURE_VIEW = "makegood.interfaces.web.refusals.csrf"
MAKEGOOD_DEMO = os.environ.get("MAKEGOOD_DEMO") == "1"  # the sign-in page then lists whom one may be
MAKEGOOD_DEMO_PASSWORD = os.environ.get("MAKEGOOD_DEMO_PASSWORD", "makegood-demo")

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = home.folder("static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

FILES_FOLDER = HOME / "files"
ASSETS_FOLDER = HOME / "assets"
EVENTS_FOLDER = HOME / "events"
WAREHOUSE_URL = os.environ.get("MAKEGOOD_WAREHOUSE_URL") or str(HOME / "warehouse")  # a folder, s3://…, gs://…, abfs://… (docs/rollups.md)
CUBE_FOLDER = HOME / "cube"  # always of this machine: it is mapped into memory
ROLLUP_ENGINE = os.environ.get("MAKEGOOD_ROLLUP_ENGINE", "duckdb")  # or spark
COUNTING_RULES_FOLDER = HOME / "counting-rules"  # a seller's own rule sets, beside those shipped
PLAN_FILE = HOME / "plan" / "plan.json"
KEYS_FILE = HOME / "adserver-keys.json"
APPROVALS_KEY_FILE = HOME / "approvals-key"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAKEGOOD_MAX_UPLOAD = 500 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", ADSERVER_URL],
        "media-src": [SELF, ADSERVER_URL],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [ADSERVER_URL],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
EMAIL_BACKEND = os.environ.get("MAKEGOOD_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = HOME / "mail"

LANDINGS = os.environ.get("MAKEGOOD_LANDINGS", "off" if MAKEGOOD_DEMO else "on") == "on"  # a demo's landing pages are nowhere
FETCH_LIMITS = web.Limits(also=tuple(map(ipaddress.ip_network, os.environ.get("MAKEGOOD_FETCH_ALSO", "").split())))

PROCRASTINATE_IMPORT_PATHS = [f"{name}.jobs" for name in RECORDS if (PACKAGE / name.split(".")[1] / "jobs.py").exists()]
PROCRASTINATE_IMPORT_PATHS += ["makegood.workflows.jobs"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MAKEGOOD_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
