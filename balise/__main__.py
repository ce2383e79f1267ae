"""`python -m balise`."""

import sys

from balise.cli import main

# Embeddings are made in processes of their own, which import this module again.
if __name__ == "__main__":
    sys.exit(main())
