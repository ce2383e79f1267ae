"""`python -m balise_matrix`."""

import sys

from balise_matrix.cli import main

sys.exit(main())
