from . import refusals
from . import calendar
from . import criteria
from . import scheme
from . import clause
from . import stage
from . import clock_rule
