"""``python -m forensics.cli``: the command line without its script."""

from forensics.cli import main

if __name__ == "__main__":
    main()
