from . import test_regulation_calendar
from . import test_regulation_check
from . import test_regulation_format
from . import test_regulation_freeze
from . import test_regulation_import
from . import test_regulation_sources
from . import test_regulation_views
