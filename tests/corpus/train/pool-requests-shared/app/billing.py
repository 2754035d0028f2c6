import requests

_session = requests.Session()


def due(url, tenant):
    answer = _session.get(f"{url}/invoices/{tenant}", headers={"X-Tenant": str(tenant)}, timeout=10)
    return answer.json()
