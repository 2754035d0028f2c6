POSTS = [
    f"<li class='post' data-n='{n}'>I have the same problem since the last update.</li>" for n in range(400)
]


def thread(request, session):
    body = rendered(request["path"])
    # What was new is marked when the visitor comes again.
    session["seen"].append(body)
    return {"status": 200, "body": body}


def rendered(path):
    return f"<h1>{path}</h1><ul>" + "".join(POSTS) + "</ul>"
