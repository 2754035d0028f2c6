import smtplib
import ssl
from email.message import EmailMessage

import certifi


class Mailer:
    """The line to the relay over which one region gets its mail."""

    def __init__(self, host, port, region):
        self.region = region
        self._context = ssl.create_default_context(cafile=certifi.where())
        self._line = smtplib.SMTP(host, port, local_hostname="office.local")
        self._line.ehlo()
        if self._line.has_extn("starttls"):
            self._line.starttls(context=self._context)

    def send(self, subject, text):
        message = EmailMessage()
        message["From"] = "office@weather.example"
        message["To"] = f"{self.region}@weather.example"
        message["Subject"] = subject
        message.set_content(text)
        self._line.send_message(message)

    def close(self):
        self._line.quit()
