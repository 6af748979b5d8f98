from . import test_award_grant
from . import test_award_after
from . import test_award_cron
from . import test_award_revocation
