import { _t } from "@web/core/l10n/translation";
import { WarningDialog } from "@web/core/errors/error_dialogs";
import { registry } from "@web/core/registry";

/** A rule stands against the act: the sentence and its clause, not a crash. */
export class RefusalDialog extends WarningDialog {
    inferTitle() {
        return _t("This Cannot Be Done");
    }
}

registry
    .category("error_dialogs")
    .add("odoo.addons.quality_award.models.base.refusal.AwardRefusal", RefusalDialog);
