from . import test_decision_chain
