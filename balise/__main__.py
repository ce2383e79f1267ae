"""`python -m balise`."""

import sys

from balise.cli import main

sys.exit(main())
