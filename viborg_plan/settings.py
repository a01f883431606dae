"""All settings of the portal, in one file. What comes from outside is listed in .env.example."""

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from accounts.roles import Role
from viborg_plan import environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load_dotenv(BASE_DIR / ".env")

PORTAL_ENV = environment.choice("PORTAL_ENV", ("development", "production"))
PRODUCTION = PORTAL_ENV == "production"
DEBUG = False  # error pages are the portal's own everywhere; tracebacks go to the log
SECRET_KEY = environment.secret_key(PRODUCTION)
ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set: set it to the portal's own host names, by comma.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "accounts",
    "indicators",
    "goals",
    "initiatives",
    "hearings",
    "reports",
    "viborg_plan",
]
MIDDLEWARE = [
    "viborg_plan.http.language.LanguageOfTheAddress",
    "viborg_plan.http.rows_of_the_day.RowsOfTheDay",
    "viborg_plan.http.headers_and_errors.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "viborg_plan.http.api_access.Cors",
    "viborg_plan.http.response_cache.SharedAnswers",
    "viborg_plan.http.api_access.RateLimit",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "viborg_plan.http.headers_and_errors.NoStoreForStaff",
    "viborg_plan.http.headers_and_errors.ReadableErrors",
]
ROOT_URLCONF = "viborg_plan.urls"
WSGI_APPLICATION = "viborg_plan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "viborg_plan.pages.template_loader.CompactLoader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "viborg_plan.pages.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "indicators.templatetags.components",
                "indicators.templatetags.portal",
                "indicators.templatetags.figures",
                "goals.templatetags.objectives",
                "initiatives.templatetags.statuses",
            ],
        },
    }
]

# Data -----------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    # WAL lets pages read while an import writes; IMMEDIATE takes the write lock before the first read.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
}


def database(url: str) -> dj_database_url.DBConfig:
    try:
        config = dj_database_url.parse(url, conn_max_age=60)
    except (ValueError, KeyError) as error:
        example = "postgres://user:password@host/name or sqlite:////folder/portal.sqlite3"
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: set it to a URL such as {example}.") from error
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = config.get("OPTIONS", {}) | SQLITE_OPTIONS
    return config


SQLITE_URL = f"sqlite:///{VAR_DIR}/portal.sqlite3"
DATABASES = {"default": database(environment.required_in_production("DATABASE_URL", PRODUCTION, SQLITE_URL))}
if environment.text("TEST_SQLITE_URL"):  # the suite runs the storage tests on both databases
    DATABASES["sqlite"] = database(environment.text("TEST_SQLITE_URL"))
    # A file, since WAL and a second process need one; on its own, since nothing in it hangs on the other.
    DATABASES["sqlite"]["TEST"] = {"NAME": DATABASES["sqlite"]["NAME"], "DEPENDENCIES": []}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

# Copies of answers, and how often somebody asked: never the truth, so it may be lost at any time.
REDIS_URL = environment.required_in_production("REDIS_URL", PRODUCTION, "")
CACHES = {
    "default": {
        "BACKEND": "viborg_plan.http.redis_cache.KeptRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}
API_REQUESTS_PER_MINUTE = environment.whole(
    "API_REQUESTS_PER_MINUTE", 600
)  # of one address; copied answers do not count
# Off: what a writer hands in is public at once.
STATUS_APPROVAL = environment.choice("STATUS_APPROVAL", ("on", "off")) == "on"
# How often status is due, and when: decided by the committee, so it is set and not built in.
STATUS_EVERY_MONTHS = environment.whole("STATUS_EVERY_MONTHS", 1)  # 1: each month; 3: each quarter, by its last month
STATUS_OPENS_DAY = environment.whole("STATUS_OPENS_DAY", 20)  # of the month itself
STATUS_DEADLINE_DAY = environment.whole("STATUS_DEADLINE_DAY", 8)  # of the month after
DATA_LICENCE = environment.text("DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/deed.da")

# Celery: PostgreSQL is the truth, the broker only wakes the workers ------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600, "unacked_restore_interval": 1, "unacked_restore_throttle": 1}
    if REDIS_URL
    else {
        "data_folder_in": str(VAR_DIR / "broker"),
        "data_folder_out": str(VAR_DIR / "broker"),
        "control_folder": str(VAR_DIR / "broker-control"),
    }
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 1800  # seconds; below the visibility timeout, else a running task starts twice
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Copenhagen"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# The timetable itself is in celery.py: whoever is no worker starts without loading Celery.

# Language, time, static files ---------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "viborg_plan.http.static_files.StaticFiles"},
}

# Security -----------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["accounts.password_backend.LimitedLogin"]
PASSWORD_HASHERS = ["accounts.hashers.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "log-ind"
LOGIN_REDIRECT_URL = "konto"
LOGOUT_REDIRECT_URL = "forside"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^__(lb)?heartbeat__$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
# A login lasts so long without a sign of life, so long in all, and never longer than the browser is open.
SESSION_IDLE_MINUTES = environment.whole("SESSION_IDLE_MINUTES", 60)
SESSION_COOKIE_AGE = 3600 * environment.whole("SESSION_HOURS", 10)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

# Mail: reminders to those who write status ------------------------------------------------------------
EMAIL_URL = environment.text("EMAIL_URL", "" if PRODUCTION else "console:")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = (
    environment.mail(EMAIL_URL, PRODUCTION)
)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "beskaeftigelsesplan@viborg.example")
_HOME = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://127.0.0.1:{environment.text('PORT', '8000')}"
PORTAL_URL = environment.text("PORTAL_URL", _HOME).rstrip("/")  # what links in mails begin with

# Single sign-on; without an issuer there is none. Groups or roles of the claim → roles and teams of the portal.
OIDC_ISSUER = environment.issuer("OIDC_ISSUER")
OIDC_CLIENT_ID = environment.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = environment.text("OIDC_CLIENT_SECRET")
OIDC_NAME = environment.text("OIDC_NAME", "kommunens login")
OIDC_SCOPES = environment.text("OIDC_SCOPES", "openid email profile")
OIDC_CLAIM = environment.text("OIDC_CLAIM", "groups")
OIDC_ROLES = environment.pairs("OIDC_ROLES", [role.value for role in Role])
OIDC_TEAMS = environment.pairs("OIDC_TEAMS")
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET and OIDC_ROLES):
    raise ImproperlyConfigured("OIDC_ISSUER is set: set OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_ROLES too.")

# Outside systems ------------------------------------------------------------------------------------
JOBINDSATS_URL = environment.text("JOBINDSATS_URL", "https://api.jobindsats.dk/v3")
JOBINDSATS_API_KEY = environment.text("JOBINDSATS_API_KEY")
STATBANK_URL = environment.text("STATBANK_URL", "https://api.statbank.dk/v1")
WAS_URL = environment.text("WAS_URL", "https://www.was.digst.dk/")
VERSION = environment.text("PORTAL_VERSION", "development")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.token_authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["indicators.http.json_body.StrictJSON"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "viborg_plan.api_errors.problem",
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,  # `format` is read with the other parameters, strictly
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Beskæftigelsesplan, Viborg Kommune",
    "VERSION": "v1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # it would ask the database for codes; the tests check the schema
    "ENUM_NAME_OVERRIDES": {
        "Direction": "indicators.models.Indicator.Direction",
        "Verdict": "goals.judging.Verdict",
        "TargetKind": "goals.models.Target.Kind",
        "PlanKind": "goals.models.Plan.Kind",
        "AreaKind": "indicators.models.Area.Kind",
        "HearingPointKind": "hearings.models.Point.Kind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"indicators": {"level": "INFO"}, "goals": {"level": "INFO"}},
}
