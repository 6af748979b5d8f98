# The order is the order of the rooms: each may use those before it.
from . import base
from . import regulation
from . import application
from . import experts
from . import review
from . import decision
from . import award
