"""All settings. Values come from the environment (docs/operating.md lists them); a wrong one stops the start.

Without any, this is a private installation on this machine: SQLite and files under ``./var``, mail to a
folder.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from keqiao.web.config import channels, environment
from keqiao.web.config.data_directory import secret_key
from keqiao.web.config.database.url import data_path, databases, owner_of_tables
from keqiao.web.config.logs import logging_for

ENV = os.environ
HERE = Path(__file__).resolve()
WEB = HERE.parents[1]
REPOSITORY = HERE.parents[3]
BUILD = REPOSITORY / "build"
FANDOL = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")  # Debian: texlive-lang-chinese
FONT_FOLDERS = environment.folders(ENV, "KEQIAO_FONTS", then=[BUILD / "fonts", FANDOL])  # for PDF only

DATA = data_path(ENV)
DEBUG = environment.flag(ENV, "KEQIAO_DEBUG")
DEMONSTRATION = environment.flag(ENV, "KEQIAO_DEMONSTRATION")
SITE_URL = environment.site_url(ENV)
SITE_IS_HTTPS = SITE_URL.startswith("https://")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
SITE_NAME = ENV.get("KEQIAO_SITE_NAME", "").strip() or "科桥"

SECRET_KEY = ENV.get("KEQIAO_SECRET_KEY", "").strip() or secret_key(DATA)
KEYRING_FILE = Path(ENV.get("KEQIAO_KEYRING", "").strip() or DATA / "keyring.json")  # of personal values
ALLOWED_HOSTS = environment.words(
    ENV, "KEQIAO_ALLOWED_HOSTS", default=[SITE_HOST, "localhost", "127.0.0.1", "[::1]"]
)

# ------------------------------------------------------------------------------------------------ rooms

INSTALLED_APPS = [
    "keqiao.web.config",
    "keqiao.web.portal",
    "keqiao.web.api",
    "keqiao.web.season",
    "keqiao.web.acceptance",
    "keqiao.web.grants",
    "keqiao.web.public_notice",
    "keqiao.web.allocation",
    "keqiao.web.review",
    "keqiao.web.endorsement",
    "keqiao.web.filing",
    "keqiao.web.applications",
    "keqiao.web.eligibility",
    "keqiao.web.programmes",
    "keqiao.web.indicators",
    "keqiao.web.activities",
    "keqiao.web.registers",
    "keqiao.web.calendars",
    "keqiao.web.regulations",
    "keqiao.web.accounts",
    "keqiao.web.parties",
    "keqiao.web.imports",
    "keqiao.web.privacy",
    "keqiao.web.duties",
    "keqiao.web.notifications",
    "keqiao.web.files",
    "keqiao.web.approvals",
    "keqiao.web.audit",
    "keqiao.web.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "keqiao.web.config.static_files.StaticFilesWithoutSpares",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "keqiao.web.config.middleware.arrival.ArrivalMiddleware",
    "keqiao.web.config.middleware.request_log.RequestLogMiddleware",
    "keqiao.web.config.middleware.answer_headers.AnswerHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "keqiao.web.config.health.answer_health",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "keqiao.web.api.middleware.TokenMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "keqiao.web.config.middleware.session_lifetime.SessionLifetimeMiddleware",
    "keqiao.web.config.middleware.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "keqiao.web.accounts.middleware.ActingForMiddleware",
    "keqiao.web.accounts.middleware.SecondFactorMiddleware",
    "keqiao.web.access.AccessMiddleware",
    "keqiao.web.config.middleware.viewer_scope.ViewerScopeMiddleware",
]

ROOT_URLCONF = "keqiao.web.config.urls"
WSGI_APPLICATION = "keqiao.web.config.wsgi.application"

DATABASES = databases(ENV)
DATABASE_OWNER = owner_of_tables(ENV)  # PostgreSQL: who makes the tables, where it is not the program itself
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {  # in the database, so that rate limits hold across processes
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "keqiao_cache",
        # Django's 300 would let tries from a few hundred addresses push the count of an account out
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -------------------------------------------------------------------------------------------- templates

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # cotton and template-partials both rewrite the loaders; set by hand they get along
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
            "builtins": [
                "template_partials.templatetags.partials",
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "keqiao.web.ui.templatetags.shell",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "keqiao.web.config.shell.shell",
            ],
        },
    }
]

# ------------------------------------------------------------------------------------- language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --------------------------------------------------------------------------------------------- static files

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"  # filled by collectstatic when the program starts to serve
STATICFILES_DIRS = [("vendor", BUILD / "vendor")] if (BUILD / "vendor").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "keqiao.web.config.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA / "files"  # no URL: stored files are served by views that ask who may see them

# --------------------------------------------------------------------------------- log-in and sessions

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["keqiao.web.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "keqiao.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # the adapter keeps sign-up closed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password is told to its owner
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever opens an account answers for its address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3  # wrong codes, then a new one is needed
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_FORMS = {
    "request_login_code": "keqiao.web.accounts.code_forms.RequestCodeForm",
    "confirm_login_code": "keqiao.web.accounts.code_forms.ConfirmCodeForm",
}
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/m/ip,5/h/key",  # per address or number: five codes an hour
    "login": "60/m/ip",
    "login_failed": "30/m/ip,10/10m/key",  # per account: ten wrong passwords, then wait
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
OWN_RATE_LIMITS = {  # those allauth has no word for; asked by accounts.limits
    "password_everywhere": "1200/m/key",  # passwords tried on the whole site: what its processors can digest
    "codes_by_mail": "3000/h/key",  # codes and links sent by the whole site
    "codes_by_sms": "500/h/key",  # each costs money
    "code_try": "10/10m/key",  # wrong or right, counted before it is compared: parallel tries cannot outrun it
    "contact_code": "30/h/ip,5/h/key",
    "registration": "30/h/ip",
    "objection": "10/h/ip",  # the form is open to everybody and takes files
    "invitation": "60/h/user",
    "api": "600/m/key",  # per token
    "api_public": "120/m/ip",
    "look_up": "30/m/ip,300/h/ip",  # numbers asked for by one address: enough for a counter, not to copy a register
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_IS_HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole_number(ENV, "KEQIAO_TRUSTED_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Keqiao"
MFA_FORMS = {"activate_totp": "keqiao.web.accounts.code_forms.ActivateSecondFactorForm"}
SECOND_FACTOR_ROLES = environment.second_factor_roles(ENV)

SESSION_IDLE = timedelta(minutes=30)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_HTTPS
# a browser takes a __Host- cookie only over https, so plain http keeps the plain names
SESSION_COOKIE_NAME = "__Host-keqiao-session" if SITE_IS_HTTPS else "keqiao-session"
CSRF_COOKIE_NAME = "__Host-keqiao-csrf" if SITE_IS_HTTPS else "keqiao-csrf"
CSRF_FAILURE_VIEW = "keqiao.web.ui.pages.stale_form"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
MESSAGE_STORAGE = (
    "django.contrib.messages.storage.session.SessionStorage"  # public pages stay free of cookies
)

# ----------------------------------------------------------------------------------------------- security

ACCESS_ROLES_OF = "keqiao.web.accounts.queries.roles_at"  # (user, at) -> names of roles; asked by web.access
ACCESS_BY_URL_NAME = {  # views of other packages; our own say it themselves with @opens_to
    "account_login": ["(public)"],
    "account_logout": ["(signed in)"],
    "account_inactive": ["(public)"],
    "account_reauthenticate": ["(signed in)"],
    "account_email": ["(signed in)"],
    "account_email_verification_sent": ["(public)"],
    "account_confirm_email": ["(public)"],
    "account_change_password": ["(signed in)"],
    "account_set_password": ["(signed in)"],
    "account_reset_password": ["(public)"],
    "account_reset_password_done": ["(public)"],
    "account_reset_password_from_key": ["(public)"],
    "account_reset_password_from_key_done": ["(public)"],
    "account_signup": ["(public)"],
    "account_request_login_code": ["(public)"],
    "account_confirm_login_code": ["(public)"],
    "mfa_index": ["(signed in)"],
    "mfa_authenticate": ["(public)"],  # between password and second factor nobody is signed in yet
    "mfa_reauthenticate": ["(signed in)"],
    "mfa_activate_totp": ["(signed in)"],
    "mfa_deactivate_totp": ["(signed in)"],
    "mfa_view_recovery_codes": ["(signed in)"],
    "mfa_generate_recovery_codes": ["(signed in)"],
    "mfa_download_recovery_codes": ["(signed in)"],
}
UNDECLARED_VIEW_STOPS = environment.flag(ENV, "KEQIAO_STRICT", default=DEBUG)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SITE_IS_HTTPS else 0
SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILES_SPACE_BYTES = (
    environment.whole_number(ENV, "KEQIAO_SPACE_MB", default=20_480, at_least=1) << 20
)  # per owner
APPLICATION_FILE_BYTES = (
    environment.whole_number(ENV, "KEQIAO_APPLICATION_FILE_MB", default=2000, at_least=1) << 20
)
"""The largest file that an application takes, recordings first of all. Each slot of a form states its own, smaller."""
VIRUS_SCANNER = environment.virus_scanner(ENV)
# Mailboxes of associations may stand inside the own network (room filing).
MAILBOX_INSIDE = environment.flag(ENV, "KEQIAO_MAILBOX_INSIDE")
SUBMISSIONS_AT_ONCE = environment.whole_number(ENV, "KEQIAO_SUBMISSIONS_AT_ONCE", default=3, at_least=1)
"""How many submissions one web process writes at once; the others get a place in the queue."""
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# ------------------------------------------------------------------------------------------ mail and logs

globals().update(environment.mail(ENV, str(DATA / "mail")))
SMS_FOLDER = DATA / "sms"
SMS_GATEWAY = channels.sms_gateway(ENV, demonstration=DEMONSTRATION)
SMS = channels.sms(ENV)
WECOM = channels.wecom(ENV)
WEBHOOK_HOSTS = channels.webhook_hosts(ENV)
PHONE_OF = "keqiao.web.accounts.queries.phone_of"  # (account id) -> number, or ""; asked by notifications
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.get("KEQIAO_MAIL_FROM", "").strip() or f"keqiao@{SITE_HOST}"
MAIL_SENDER_OF = "keqiao.web.parties.profile.site.mail_sender"  # () -> (name, address for answers)
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
LOGGING = logging_for(ENV.get("KEQIAO_LOG_LEVEL", "INFO"))
SILENCED_SYSTEM_CHECKS = (
    [] if SITE_IS_HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]
)
