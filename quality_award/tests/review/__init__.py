from . import test_review_blind
from . import test_review_composite
from . import test_review_composite_sql
from . import test_review_consensus
from . import test_review_desks
from . import test_review_sheets
from . import test_review_site
from . import test_review_tours
