from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "files_missing": _lt(
            "No file came with the request. Choose one or more files."
        ),
        "file_unnamed": _lt("The file has no usable name. Rename it and try again."),
        "file_empty": _lt("“%(name)s” is empty. Choose the file once more."),
        "file_too_big": _lt(
            "“%(name)s” is larger than %(most)s MB. Make it smaller (for example by "
            "scanning with fewer dots an inch) and try again."
        ),
        "file_kind_unknown": _lt(
            "“%(name)s” is none of the kinds of file that are taken here "
            "(%(endings)s), whatever its name says. Save it in one of these formats."
        ),
        "file_kind_not_asked": _lt(
            "“%(name)s” is of a kind that is not taken here. Taken are: %(endings)s."
        ),
        "file_name_differs": _lt(
            "The name “%(name)s” says something else than the file is. Save it anew in "
            "its own format: %(endings)s."
        ),
        "file_broken": _lt(
            "“%(name)s” is damaged or not complete. Open it, save it anew and upload "
            "it again."
        ),
        "file_encrypted": _lt(
            "“%(name)s” is encrypted or protected by a password. Save it without "
            "protection and upload it again."
        ),
        "file_active": _lt(
            "“%(name)s” holds a script, a program, a macro or another file. Save it "
            "without these and upload it again."
        ),
        "file_expands": _lt(
            "“%(name)s” would become far too large when opened. Make pictures and "
            "tables in it smaller."
        ),
        "file_double": _lt(
            "“%(name)s” can be read as two different kinds of file. Save it anew in "
            "one format: %(endings)s."
        ),
        "file_damaged": _lt(
            "The content of “%(name)s” is not the one that was taken in. Tell the "
            "award office; nothing is shown."
        ),
        "files_too_many": _lt(
            "An application holds at most %(most)s files. Remove some that are not "
            "needed."
        ),
        "file_frozen": _lt(
            "The file belongs to a version that was handed in and is kept as it is."
        ),
        "scan_refused": _lt("The scan was not taken: %(because)s"),
        "file_kept": _lt("A file is not changed. Upload another one instead."),
        "file_used": _lt(
            "The file is used in “%(where)s”. Take it out there before you remove it."
        ),
        "picture_foreign": _lt(
            "A picture in the text is no file of this application. Take it out, and "
            "insert it again from your device."
        ),
        "days_reversed": _lt(
            "The last day lies before the first one. Correct the days."
        ),
        "commitment_unknown": _lt("This text is not asked of this application."),
        "commitment_ticked": _lt("This is ticked already. Reload the page."),
        "report_not_uploaded": _lt(
            "Upload the report first, then say which pages it has."
        ),
        "page_unknown": _lt(
            "%(item)s: “%(typed)s” is no page of the report, which has pages 1 to "
            "%(last)s. Type pages as 3-7, 12."
        ),
        # the sealed version
        "version_missing": _lt(
            "No version is handed in yet. Submit first, print that version, seal it, "
            "then bring it or its scan."
        ),
        "version_code_wrong": _lt(
            "The code %(code)s is not that of this application's version in force. "
            "Compare it with the foot of the sealed pages."
        ),
        "version_code_old": _lt(
            "The code %(code)s belongs to an earlier version. Print and seal the "
            "version in force."
        ),
        "print_missing": _lt(
            "The program that makes documents (wkhtmltopdf) is not installed here. "
            "Print the page from the browser; it carries the same code."
        ),
        # paper sets
        "intake_kept": _lt(
            "An entry of the intake is not changed. Correct it by another entry that "
            "takes its place."
        ),
        "intake_later": _lt(
            "The set cannot have come in later than now. Correct the time."
        ),
        "intake_other_case": _lt(
            "A correction belongs to the same application as the entry it corrects."
        ),
        "rows_too_many": _lt(
            "A table holds at most %(most)s indicators an item. Leave out the least "
            "telling ones."
        ),
        "file_part_unknown": _lt("There is no such part of the application."),
    }
)
