"""`python -m importers.reading`: the reading child."""

import sys

from importers.reading.child import main

sys.exit(main())
