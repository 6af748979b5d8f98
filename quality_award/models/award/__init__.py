from . import refusals
from . import award
from . import prize
from . import obligation
