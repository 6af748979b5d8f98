from . import (
    test_rules_calendar,
    test_rules_clock,
    test_rules_composite,
    test_rules_eligibility,
    test_rules_quota,
    test_rules_scoring,
    test_rules_votes,
)
