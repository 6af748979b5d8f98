import base64
import hashlib
import io
import logging

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL
from odoo.tools.pdf import PdfReader

from ...rules import content_check
from ..base import door
from .portal_applicant import known_id
from .refusals import refuse

_logger = logging.getLogger(__name__)

#: Kind of file -> (MiB at most, endings taken), unless a system parameter says else.
UPLOADS = {
    "picture": (8, "png jpg"),
    "report": (60, "pdf"),
    "evidence": (20, "pdf png jpg docx xlsx"),
    "statement": (10, "pdf png jpg"),
    "sealed_scan": (60, "pdf png jpg"),
    "proof": (10, "pdf png jpg docx xlsx"),
}
KINDS = [
    ("picture", "Picture in a Chapter"),
    ("report", "Self-assessment Report"),
    ("evidence", "Evidence"),
    ("statement", "Statement"),
    ("sealed_scan", "Scan of the Sealed Version"),
    ("proof", "Proof of a Fact"),
]
#: Files of one application at most, unless the system parameter says else.
FILES_MAX = 300
PARAMETER = "quality_award.upload_"

FROZEN = """
CREATE OR REPLACE FUNCTION award_file_content() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM award_file WHERE id = OLD.res_id AND is_frozen) THEN
        RAISE EXCEPTION 'content of award_file % is frozen: % refused',
            OLD.res_id, TG_OP
            USING ERRCODE = 'check_violation', TABLE = 'award_file',
                  CONSTRAINT = 'award_file_frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS award_file_frozen ON award_file;
CREATE TRIGGER award_file_frozen BEFORE UPDATE OR DELETE ON award_file
    FOR EACH ROW WHEN (OLD.is_frozen) EXECUTE FUNCTION award_refuse_change();
DROP TRIGGER IF EXISTS award_file_content ON ir_attachment;
CREATE TRIGGER award_file_content
    BEFORE DELETE OR UPDATE OF checksum, res_model, res_field, res_id ON ir_attachment
    FOR EACH ROW
    WHEN (OLD.res_model = 'award.file' AND OLD.res_field = 'content')
    EXECUTE FUNCTION award_file_content();
"""


class AwardFile(models.Model):
    """A file of an application: what it is was read from its content.

    Portal users, recommenders and experts have no right on it; `_opened` is their
    door. What a submitted version names is frozen, by the database.
    """

    _name = "award.file"
    _description = "File of an Application"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "application_id, id"
    _allow_sudo_commands = False

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    name = fields.Char("File Name", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    part = fields.Char(readonly=True, help="Part of the application it belongs to.")
    mimetype = fields.Char("Type", readonly=True)
    size = fields.Integer("Size (bytes)", readonly=True, aggregator=None)
    pages = fields.Integer(readonly=True, aggregator=None)
    sha256 = fields.Char("SHA-256", readonly=True, index=True)
    content = fields.Binary(readonly=True, attachment=True)
    version_code = fields.Char(
        readonly=True, help="Code of the printed version that a scan shows."
    )
    uploaded_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    uploaded_at = fields.Datetime(readonly=True)
    is_frozen = fields.Boolean("Kept for Good", readonly=True)
    url = fields.Char("Open", compute="_compute_url")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, precompute=True, index=True
    )

    def init(self):
        self.env.cr.execute(FROZEN)
        door.no_truncate(self.env.cr, "award_file")

    def _scheme_of(self):
        return self.application_id._scheme_of()

    def _compute_url(self):
        for file in self:
            file.url = f"/award/file/{file.id}"

    # -- what is taken ---------------------------------------------------------------
    @api.model
    def _limits(self, kind):
        """What an upload of `kind` may be.

        A system parameter `quality_award.upload_<kind>` of the form `20 pdf png`
        (MiB, endings) replaces what is built in; endings that are not known to the
        content check are left out of it.

        :return: dict: `bytes` at most, `types` (frozenset), `endings` (list)
        """
        megabytes, endings = UPLOADS[kind]
        said = self._setting(PARAMETER + kind).split()
        if said and said[0].isdigit() and int(said[0]) > 0:
            megabytes, endings = int(said[0]), " ".join(said[1:]) or endings
        types = {
            mimetype: known
            for mimetype, known in content_check.ENDINGS.items()
            if set(known) & set(endings.split())
        }
        return {
            "bytes": megabytes * 2**20,
            "megabytes": megabytes,
            "types": frozenset(types),
            "endings": [ending for known in types.values() for ending in known],
        }

    @api.model
    def _files_max(self):
        said = self._setting(PARAMETER + "files_max")
        return int(said) if said.isdigit() and int(said) > 0 else FILES_MAX

    @api.model
    def _setting(self, key):
        parameters = self.env["ir.config_parameter"].sudo()  # sudo: a limit, no secret
        return (parameters.get_param(key) or "").strip()

    @api.model
    def _take(self, case, kind, part, name, stream):
        """Take one file, or refuse it in words.

        :param case: award.application whose writing was asked for, rights lifted
        :param kind: one of `UPLOADS`
        :param part: code of the part it belongs to
        :param name: as the client sent it
        :param stream: read up to the limit and no further
        :return: award.file
        """
        limits = self._limits(kind)
        name = content_check.clean_name(name)
        data = stream.read(limits["bytes"] + 1)
        if len(data) > limits["bytes"]:
            refuse(self.env, "file_too_big", name=name, most=limits["megabytes"])
        found = content_check.examine(name, data, limits["types"])
        pages = 0
        if not found.problem and found.mimetype == content_check.PDF:
            pages, problem = pdf_pages(data)
            found = found._replace(problem=problem)
        if found.problem:
            endings = ", ".join(limits["endings"])
            refuse(self.env, found.problem, name=name, endings=endings)
        if "." not in name:
            name = f"{name}.{content_check.ENDINGS[found.mimetype][0]}"
        # Odoo would make large pictures smaller, and the hash would be another.
        whole = case.env["award.file"].with_context(image_no_postprocess=True)
        return whole.create(
            {
                "application_id": case.id,
                "name": name,
                "kind": kind,
                "part": part,
                "mimetype": found.mimetype,
                "size": len(data),
                "pages": pages,
                "sha256": hashlib.sha256(data).hexdigest(),
                "content": base64.b64encode(data),
                "uploaded_by_id": self.env.uid,
                "uploaded_at": fields.Datetime.now(),
            }
        )

    # -- who opens it ----------------------------------------------------------------
    @api.model
    def _opened(self, file):
        """The file, access rights lifted, where the current user may open it.

        The entry of the access log is left by the stream of its content.

        :param file: id, as a client sent it
        :raise MissingError: unknown, or not open to the user
        """
        id_ = known_id(file)
        found = self.sudo().browse(id_).exists()  # sudo: who may is asked next
        if not found or not found._is_open_to_user():
            error = MissingError(self.env._("There is no such file."))
            raise self.env["award.access.entry"]._mark_refused(error, self._name, [id_])
        return found

    def _is_open_to_user(self):
        """Whether the applicant's people, the office, or readers of a version ask.

        Readers of a submitted version (recommenders, experts) open what a version
        that is open to them names, by the rules of that version.
        """
        self.ensure_one()
        case = self.application_id
        if case._portal_member(case.applicant_id):
            return True
        if case.sudo(False).has_access("read"):
            return True
        versions = self.env["award.submission"].sudo(False)
        if not versions.has_access("read"):
            return False
        return bool(versions.search_count([("id", "in", self._named_in())], limit=1))

    def _named_in(self):
        """Ids of the submitted versions of its application that name its content."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM award_submission
                    WHERE application_id = %s AND content -> 'files' ? %s""",
                self.application_id.id,
                self.sha256,
            )
        )
        return [id_ for (id_,) in rows]

    def _used_in(self):
        """Words for the place that uses the file; "" where it is free.

        Parts that keep files override this.
        """
        return ""

    def _data(self):
        """The bytes, once they are seen to be those that were taken in.

        :raise AwardRefusal: `file_damaged`
        """
        self.ensure_one()
        data = base64.b64decode(self.with_context(bin_size=False).content or b"")
        if hashlib.sha256(data).hexdigest() != self.sha256:
            refuse(self.env, "file_damaged", name=self.name)
        return data

    # -- kept as it was handed in -----------------------------------------------------
    @api.model
    def _keep(self, case, digests):
        """Freeze the files of `case` with these SHA-256 values."""
        named = self.sudo().search(  # sudo: frozen by the act that names them
            [
                ("application_id", "=", case.id),
                ("sha256", "in", list(digests)),
                ("is_frozen", "=", False),
            ]
        )
        named.is_frozen = True

    def write(self, vals):
        self.check_access("write")
        if self.filtered("is_frozen"):
            refuse(self.env, "file_frozen")
        if vals.keys() - {"is_by_staff", "is_frozen", "version_code"}:
            refuse(self.env, "file_kept")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if self.filtered("is_frozen"):
            refuse(self.env, "file_frozen")


def pdf_pages(data):
    """Count the pages of a document, or say why it is not taken.

    :return: (pages, code of the problem or "")
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.isEncrypted:
            return 0, "file_encrypted"
        if _acts(reader.trailer["/Root"]):
            return 0, "file_active"
        pages = len(reader.pages)
    except Exception:  # noqa: BLE001 - the reader raises whatever broken files make it
        _logger.info("A document could not be read", exc_info=True)
        return 0, "file_broken"
    return pages, "" if pages else "file_broken"


def _acts(root):
    """Whether opening the document starts something: scripts, programs, files in it."""
    names = root.get("/Names")
    names = names.getObject() if names else {}
    if {"/JavaScript", "/EmbeddedFiles"} & set(names):
        return True
    action = root.get("/OpenAction")
    action = action.getObject() if hasattr(action, "getObject") else action
    kind = action.get("/S") if isinstance(action, dict) else None
    return kind in {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}
