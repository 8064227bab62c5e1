"""Log-in and log-out. Staff create accounts in the admin."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView


class LogInForm(AuthenticationForm):
    """Django's, in our words. After a wrong password, the cursor is where the right one goes."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "This name and this password do not belong together. Capital letters matter in both.",
    }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True


log_in = LoginView.as_view(
    template_name="accounts/login.html", authentication_form=LogInForm, redirect_authenticated_user=True
)
log_out = LogoutView.as_view()
