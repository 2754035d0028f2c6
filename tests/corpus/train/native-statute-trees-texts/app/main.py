"""Consolidates the acts of a country: what words mean in them, and which names which."""

from gazette import deliveries
from statutes import GLOSSARY, consolidate

ACTS = 110

if __name__ == "__main__":
    citations = consolidate(deliveries(ACTS), ACTS)
    print(len(GLOSSARY), GLOSSARY.longest(), citations.most_named())
