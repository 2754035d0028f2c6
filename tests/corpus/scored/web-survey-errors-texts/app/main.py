"""Surveyors send the points of their day; the office takes them over one by one."""

from field import uploads
from office import create_app


def day(number):
    client = create_app().test_client()
    answers = {}
    for name, content in uploads(number):
        status = client.post(f"/points/{name}", data=content).status_code
        answers[status] = answers.get(status, 0) + 1
    answers["state"] = client.get("/state").get_json()["errors"]
    return answers


if __name__ == "__main__":
    print(day(480))
