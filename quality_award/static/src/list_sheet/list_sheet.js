import { patch } from "@web/core/utils/patch";
import { ListController } from "@web/views/list/list_controller";

/** Exports of our lists carry the headings on screen, which a view may have changed. */
patch(ListController.prototype, {
    getExportableFields() {
        const found = super.getExportableFields(...arguments);
        if (!this.props.resModel.startsWith("award.")) {
            return found;
        }
        const labels = Object.fromEntries(
            this.props.archInfo.columns
                .filter((column) => column.type === "field" && column.label)
                .map((column) => [column.name, column.label])
        );
        return found.map((field) => ({
            ...field,
            label: labels[field.name] || field.string,
        }));
    },
});
