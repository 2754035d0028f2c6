import secrets
import time


def with_session(page):
    """Give every visitor a session, and the page the visitor's session."""
    sessions = {}

    def answer(request):
        key = request["cookie"] or secrets.token_hex(16)
        session = sessions.setdefault(key, {"since": time.time(), "seen": []})
        response = page(request, session)
        response["set-cookie"] = key
        return response

    return answer
