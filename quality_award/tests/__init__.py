# Odoo collects modules called `test_*` that are attributes of this package.
from .rules import *
from .base import *
from .regulation import *
from .application import *
from .experts import *
from .review import *
from .decision import *
from .award import *
