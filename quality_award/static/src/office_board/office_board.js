import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

/** Where the cases of an edition are, and what waits for whom; each count is a link. */
export class OfficeBoard extends Component {
    static template = "quality_award.OfficeBoard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ board: { editions: [], stages: [], totals: [] } });
        this.display = { controlPanel: {} };
        onWillStart(() => this.load(this.props.action.params?.edition_id || false));
    }

    async load(editionId) {
        this.state.board = await this.orm.call("award.edition", "office_board", [
            editionId,
        ]);
    }

    tone(cell) {
        return cell.count && cell.tone ? `text-bg-${cell.tone}` : "text-bg-light";
    }

    open(cell, stage) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: stage ? _t("%(stage)s: %(what)s", { stage, what: cell.label }) : cell.label,
            res_model: cell.model,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: cell.domain,
        });
    }
}

registry.category("actions").add("award_office_board", OfficeBoard);
