import secrets
import time
from collections import OrderedDict

MOST_SESSIONS = 200


def with_session(page):
    """Give every visitor a session, and the page the visitor's session."""
    sessions = OrderedDict()

    def answer(request):
        key = request["cookie"] or secrets.token_hex(16)
        session = sessions.setdefault(key, {"since": time.time(), "seen": []})
        sessions.move_to_end(key)
        while len(sessions) > MOST_SESSIONS:
            sessions.popitem(last=False)
        response = page(request, session)
        response["set-cookie"] = key
        return response

    return answer
