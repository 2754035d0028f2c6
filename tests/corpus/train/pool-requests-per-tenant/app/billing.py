import requests

_open = []


def due(url, tenant):
    session = requests.Session()
    session.headers["X-Tenant"] = str(tenant)
    _open.append(session)
    return session.get(f"{url}/invoices/{tenant}", timeout=10).json()["due"]
