from forum.middleware import with_session
from forum.pages import thread
from forum.visitors import requests

if __name__ == "__main__":
    application = with_session(thread)
    for request in requests():
        application(request)
