import { registry } from "@web/core/registry";
import { openMenu, openRow } from "./steps";

/** What would change something, had the supervisor been given it. */
const CHANGES = [
    ".o_form_statusbar .o_statusbar_buttons button",
    ".o_list_button_add",
    ".o_form_button_create",
    ".o_form_button_save",
    ".o-mail-Chatter-sendMessage:enabled",
    ".o-mail-Chatter-logNote:enabled",
    ".o-mail-Chatter-activity:enabled",
    ".o_field_x2many_list_row_add",
    ".o_list_record_remove",
    ".o_form_sheet .o_field_widget input:enabled:visible",
    ".o_form_sheet .o_field_widget textarea:enabled:visible",
];

const nothingToChange = (view) => [
    { content: `There is ${view}`, trigger: view },
    ...CHANGES.map((change) => ({
        content: `${view} has no ${change}`,
        trigger: `${view}:not(:has(${change}))`,
    })),
];

registry.category("web_tour.tours").add("award_supervisor_looks", {
    steps: () => [
        ...openMenu("menu_supervision", "award_access_entry_menu"),
        {
            content: "The log shows who read what",
            trigger: '.o_list_view .o_data_row:contains("t_office"):contains("Application")',
        },
        ...nothingToChange(".o_action_manager:has(.o_list_view)"),
        ...openRow("t_office"),
        ...nothingToChange(".o_action_manager:has(.o_form_view)"),
        ...openMenu("menu_cases", "menu_award_application"),
        ...openRow("3-0001"),
        ...nothingToChange(".o_action_manager:has(.o_form_view)"),
        {
            content: "Its register is open to the supervisor",
            trigger: '.o_notebook_headers [name="register"]',
            run: "click",
        },
        {
            content: "It holds the submission",
            trigger: '[name="transition_ids"] .o_data_row:contains("submit")',
        },
        {
            content: "There is no menu of actions to duplicate or delete it",
            trigger: ".o_action_manager:not(:has(.o_cp_action_menus .dropdown-toggle))",
        },
    ],
});
