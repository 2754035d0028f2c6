from citations import Citations
from glossary import Glossary
from lxml import etree

GLOSSARY = Glossary()


def take_in(number, document, citations):
    act = etree.fromstring(document)
    for definition in act.iter("definition"):
        GLOSSARY.note(number, definition)
    for reference in act.iter("ref"):
        citations.add(number, int(reference.get("act")), int(reference.get("section")))


def consolidate(deliveries, acts):
    citations = Citations(acts)
    for number, document in deliveries:
        take_in(number, document, citations)
    return citations
