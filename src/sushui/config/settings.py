"""The settings, made from the options of `sushui.config.options`; nothing else is read from outside."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from sushui.config.database import connection_settings
from sushui.config.logs import logging_settings
from sushui.config.options import read_options
from sushui.config.secret import secret_key
from sushui.kernel.postgres import EmbeddedPostgres

_options = read_options()

DATA_FOLDER: Path = _options["SUSHUI_DATA"].expanduser().absolute()
SECRET_KEY = _options["SUSHUI_SECRET_KEY"] or secret_key(DATA_FOLDER)
SUSHUI_AUDIT_KEY: str = _options["SUSHUI_AUDIT_KEY"] or SECRET_KEY
SUSHUI_AUDIT_HEADS: str = _options["SUSHUI_AUDIT_HEADS"] or str(DATA_FOLDER / "audit" / "heads.jsonl")
DEBUG = DEVELOPMENT = _options["SUSHUI_DEVELOPMENT"]

# --- rooms -----------------------------------------------------------------------------------------------------------
# No admin site: every write goes through a service and leaves its line in the audit chain.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "ninja",  # for the static files of its docs page
    "procrastinate.contrib.django",
    "sushui.config",
    "sushui.kernel",
    "sushui.organizations",
    "sushui.documents",
    "sushui.notices",
    "sushui.supervision",
    "sushui.liaison",
    "sushui.enterprises",
    "sushui.projects",
    "sushui.relief",
    "sushui.planner",
    "sushui.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sushui.organizations.middleware.ViewerMiddleware",
    "sushui.kernel.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as its manual asks
]

ROOT_URLCONF = "sushui.config.urls"
WSGI_APPLICATION = "sushui.config.wsgi.application"
ASGI_APPLICATION = "sushui.config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- the database ----------------------------------------------------------------------------------------------------
DATABASE_URL = _options["DATABASE_URL"] or EmbeddedPostgres(DATA_FOLDER / "postgres").url
DATABASES = {
    "default": connection_settings(
        DATABASE_URL,
        pooled=_options["SUSHUI_POOLED"],
        statement_timeout_s=_options["SUSHUI_STATEMENT_TIMEOUT"],
        lock_timeout_s=_options["SUSHUI_LOCK_TIMEOUT"],
        idle_timeout_s=_options["SUSHUI_IDLE_TIMEOUT"],
    )
}

# --- words and days --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = _options["SUSHUI_LANGUAGE"]
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _options["SUSHUI_TIME_ZONE"]

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "kernel.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "organizations:sign-in"
LOGIN_REDIRECT_URL = "desk:landing"
SESSION_COOKIE_AGE = _options["SUSHUI_SESSION_HOURS"] * 3600
SESSION_COOKIE_SAMESITE = "Lax"

AXES_FAILURE_LIMIT = _options["SUSHUI_SIGN_IN_ATTEMPTS"]
AXES_COOLOFF_TIME = timedelta(minutes=_options["SUSHUI_SIGN_IN_LOCK_MINUTES"])
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "organizations/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "sushui.config.proxies.client_address"

# --- who may reach it ------------------------------------------------------------------------------------------------
ALLOWED_HOSTS = _options["SUSHUI_HOSTS"]
CSRF_TRUSTED_ORIGINS = _options["SUSHUI_TRUSTED_ORIGINS"]
PROXIES = _options["SUSHUI_PROXIES"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _options["SUSHUI_HTTPS"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _options["SUSHUI_HTTPS"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _options["SUSHUI_HTTPS"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- files -----------------------------------------------------------------------------------------------------------
MEDIA_ROOT = DATA_FOLDER / "files"
STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
UPLOAD_LIMIT_BYTES = _options["SUSHUI_UPLOAD_MB"] * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- background work -------------------------------------------------------------------------------------------------
# Two at once, so that a long import does not hold up notices. What succeeded leaves no row: it runs every minute.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful"}

# --- messages out and logs -------------------------------------------------------------------------------------------
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _options['SUSHUI_EMAIL_HOST'] else 'dummy'}.EmailBackend"
EMAIL_HOST = _options["SUSHUI_EMAIL_HOST"]
EMAIL_PORT = _options["SUSHUI_EMAIL_PORT"]
EMAIL_HOST_USER = _options["SUSHUI_EMAIL_USER"]
EMAIL_HOST_PASSWORD = _options["SUSHUI_EMAIL_PASSWORD"]
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _options["SUSHUI_EMAIL_FROM"]

LOGGING = logging_settings(_options["SUSHUI_LOG_LEVEL"])
