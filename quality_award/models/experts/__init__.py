from . import refusals
from . import expert
from . import panel
from . import interest
