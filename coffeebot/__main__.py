"""python -m coffeebot …"""

import sys

from coffeebot.cli import main

sys.exit(main())
