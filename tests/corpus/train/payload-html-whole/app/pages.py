def page(number):
    rows = (f"<tr><td class='who'>Member {i % 60}</td><td>said <b>{i}</b></td></tr>" for i in range(2_400))
    return f"<html><body><h1>{number}</h1><table>{''.join(rows)}</table></body></html>"
