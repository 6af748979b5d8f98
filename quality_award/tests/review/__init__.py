from . import test_review_sheets
