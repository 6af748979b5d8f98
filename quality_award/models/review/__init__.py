from . import refusals
from . import sheet
from . import consensus
from . import panel_report
from . import visit
from . import defence
from . import composite
