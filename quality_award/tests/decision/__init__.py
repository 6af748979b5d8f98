from . import test_decision_chain
from . import test_decision_list
from . import test_decision_consultation
from . import test_decision_meeting
from . import test_decision_notice
from . import test_decision_approval
from . import test_decision_access
