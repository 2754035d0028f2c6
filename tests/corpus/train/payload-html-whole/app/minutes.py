from bs4 import BeautifulSoup


def speakers(markup):
    soup = BeautifulSoup(markup, "html.parser")
    return {cell.get_text() for cell in soup.find_all("td", class_="who")}
