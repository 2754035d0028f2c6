import smtplib
import ssl
from email.message import EmailMessage
from functools import cache

import certifi


@cache
def context():
    return ssl.create_default_context(cafile=certifi.where())


class Mailer:
    """The line to the relay over which one region gets its mail."""

    def __init__(self, host, port, region):
        self.region = region
        self._line = smtplib.SMTP(host, port, local_hostname="office.local")
        self._line.ehlo()
        if self._line.has_extn("starttls"):
            self._line.starttls(context=context())

    def send(self, subject, text, pictures=()):
        message = EmailMessage()
        message["From"] = "office@weather.example"
        message["To"] = f"{self.region}@weather.example"
        message["Subject"] = subject
        message.set_content(text)
        for name, pixels in pictures:
            message.add_attachment(pixels, maintype="image", subtype="x-portable-graymap", filename=name)
        self._line.send_message(message)

    def close(self):
        self._line.quit()
