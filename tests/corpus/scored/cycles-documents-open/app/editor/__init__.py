"""An editor's indexer: reads outlines and finds their headings."""
