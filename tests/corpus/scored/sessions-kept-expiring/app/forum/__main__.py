from forum.middleware import with_session
from forum.pages import thread
from forum.visitors import requests

if __name__ == "__main__":
    application = with_session(thread)
    print(sum(application(request)["status"] == 200 for request in requests(2_400)))
