import json


def newest(body):
    entries = json.loads(body)
    return max(entries, key=lambda entry: entry["id"])["by"]
