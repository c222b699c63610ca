"""Django's settings. What an installation may change comes from the environment, see ``env``.

CERTBODY_DATA      the directory of this installation: database, secret key, licensed criteria
CERTBODY_HOSTS     the names under which it is reached, separated by commas
CERTBODY_HTTPS     true behind a proxy that ends TLS: secure cookies, redirects, HSTS
CERTBODY_DEBUG     true only while developing
CERTBODY_DEMO      true where the accounts and the mail are a demonstration's
DATABASE_URL       another database: postgres://user:password@host:port/name
CERTBODY_SCHEMES   further roots of schemes (read by ``certbody.schemes``)
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from certbody.config import env
from certbody.config.databases import database
from certbody.config.secret import secret_key

DATA = env.directory("CERTBODY_DATA", "data")
HTTPS = env.flag("CERTBODY_HTTPS", default=False)
DEBUG = env.flag("CERTBODY_DEBUG", default=False)
DEMO = env.flag("CERTBODY_DEMO", default=False)
ALLOWED_HOSTS = env.names("CERTBODY_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
SECRET_KEY = SimpleLazyObject(lambda: secret_key(DATA))  # tools that only read settings make none

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "certbody.web",
    "certbody.records",
    "certbody.jobs",
    "certbody.api",
    "certbody.accounts",  # before allauth: its templates take the place of those
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "certbody.rulebooks",
    "certbody.clients",
    "certbody.personnel",
    "certbody.cases",
    "certbody.files",
    "certbody.notices",
    "certbody.application",
    "certbody.planning",
    "certbody.evaluation",
    "certbody.office",
    "certbody.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "certbody.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "certbody.web.doors.DoorsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "certbody.config.urls"
WSGI_APPLICATION = "certbody.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "certbody.web.context.frame",
            ],
        },
    },
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login", "name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_MIN_LENGTH = 10
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # limits count per address: whose, is told by it
ACCOUNT_FORMS = {"login": "certbody.accounts.forms.SignInForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "certbody"
if DEMO:
    PASSWORD_HASHERS = ["certbody.demo.hashing.DemoHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_sign_in"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; who leaves the machine signs out

# An interest in a client bars so long after it has ended. Source: ISO/IEC 17065:2012, 4.2.10.
INTEREST_BARS_MONTHS = 24

# Chinese first; English by the switch, never by what a browser prefers.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.directory("CERTBODY_FILES", str(DATA / "storage")),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "certbody.web.static_versions.VersionedStaticFiles"},
}

# Mail goes into files of the data directory until a mail server is named.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
if MAIL_SERVER := env.mail_server("CERTBODY_MAIL_SERVER"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
    EMAIL_USE_TLS = MAIL_SERVER.secure == "starttls"
    EMAIL_USE_SSL = MAIL_SERVER.secure == "tls"
    EMAIL_TIMEOUT = 10  # seconds; a server that hangs must not hold up who waits for a page
DEFAULT_FROM_EMAIL = env.text("CERTBODY_MAIL_FROM", "certbody@localhost")

FILE_AT_MOST = 200 << 20  # bytes of one upload
FILE_UPLOAD_HANDLERS = ["certbody.files.uploading.BoundedUploadHandler"]
WHITENOISE_USE_FINDERS = True  # served from the package: nothing to collect before the first start
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600  # each address carries the file's digest, see STORAGES

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "certbody.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

# A criteria set of some hundred indicators is answered in one form, several fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
