"""SMTP out (RFC 5321), over kept connections."""

from listbot.adapters.smtp.settings import SmtpSettings, TokenProvider
from listbot.adapters.smtp.transport import SmtpTransport

__all__ = ["SmtpSettings", "SmtpTransport", "TokenProvider"]
