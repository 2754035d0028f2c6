from lxml import etree


def load_catalogue(path):
    tree = etree.parse(path)
    return sum(float(price.text) for price in tree.getroot().iter("price"))
