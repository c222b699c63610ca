"""Addresses of signing in: allauth's views, each with its door, and our own."""

from allauth.account import views as entrance
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, re_path

from certbody.accounts.roles import Right
from certbody.accounts.views import (
    account,
    accounts,
    after_sign_in,
    end_my_token,
    my_account,
    sign_up_page,
)
from certbody.web.doors import needs, public, signed_in

manager = needs(Right.ACCOUNT_MANAGE)

urlpatterns: list[URLPattern] = [
    path("sign-in/", public(entrance.login), name="account_login"),
    path("sign-out/", public(entrance.logout), name="account_logout"),
    path("sign-in/closed/", public(entrance.account_inactive), name="account_inactive"),
    path("sign-in/again/", signed_in(entrance.reauthenticate), name="account_reauthenticate"),
    path("sign-in/factor/", public(factor.authenticate), name="mfa_authenticate"),
    path("sign-in/factor/again/", signed_in(factor.reauthenticate), name="mfa_reauthenticate"),
    path("sign-up/", public(sign_up_page), name="account_signup"),
    path("password/forgotten/", public(entrance.password_reset), name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        public(entrance.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(entrance.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        public(entrance.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("start/", signed_in(after_sign_in), name="after_sign_in"),
    path("me/", signed_in(my_account), name="my_account"),
    path("me/tokens/<int:pk>/end/", signed_in(end_my_token), name="end_my_token"),
    path("me/password/", signed_in(entrance.password_change), name="account_change_password"),
    path("me/password/set/", signed_in(entrance.password_set), name="account_set_password"),
    path("me/factor/", signed_in(factor.index), name="mfa_index"),
    path("me/factor/on/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("me/factor/off/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("me/factor/codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "me/factor/codes/new/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("office/accounts/", manager(accounts), name="accounts"),
    path("office/accounts/<str:login>/", manager(account), name="account"),
]
