"""Log-in and log-out. Staff create accounts in the admin."""

from django.contrib.auth.views import LoginView, LogoutView

log_in = LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
log_out = LogoutView.as_view()
