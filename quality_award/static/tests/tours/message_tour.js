import { registry } from "@web/core/registry";
import { choose, openMenu, openPage, openRow, pick, type } from "./steps";

const click = (content, trigger) => ({ content, trigger, run: "click" });
const see = (trigger) => ({ content: `See ${trigger}`, trigger });

/** Choose all rows and press a button above the list. */
const forAll = (name) => [
    see(".o_list_view .o_data_row"),
    click("Choose all", ".o_list_view thead .o_list_record_selector input"),
    click(`Press ${name}`, `.o_control_panel button[name="${name}"]`),
];

registry.category("web_tour.tours").add("award_office_writes", {
    steps: () => [
        ...openMenu("menu_messages", "menu_award_mailing"),
        click("A new selection", ".o_list_button_add"),
        ...type("name", "催报"),
        ...pick("template_id", "补正"),
        ...pick("edition_id", "Edition 3"),
        ...choose("waiting_for", "Registered, Not Submitted"),
        see('[name="preview"]:contains("2 mails, 2 text messages to 2 recipients")'),
        see('[name="preview"]:contains("138****0000")'),
        click("Draft them", 'button[name="action_draft"]'),
        see('.o_list_view .o_data_row:nth-child(4)'),
        ...forAll("action_release"),
        see('.o_list_view .o_data_row:not(:has([name="state"]:contains("Drafted")))'),
        ...forAll("action_export"),
        see('.modal [name="content"] a:contains(".xlsx"), .modal [name="content"] .o_form_uri'),
        click("Close it", ".modal .modal-footer .btn-primary"),
        see('.o_list_view .o_data_row:contains("Handed to the SMS Platform")'),
        // a call on the case
        ...openMenu("menu_cases", "menu_award_application"),
        click("All cases, also those that are being written", ".o_facet_remove"),
        ...openRow("成都角宿"),
        ...openPage("messages"),
        click("Book a call", 'button[name="action_book_call"]'),
        see('.modal [name="person"] input:value("王甲子")'),
        click("Reached", '.modal [name="result"] .o_radio_item:contains("Reached") input'),
        {
            content: "What it was about",
            trigger: '.modal [name="about"] input',
            run: "edit 催报",
        },
        click("Save it", ".modal .o_form_button_save"),
        see("body:not(:has(.modal))"),
        ...openPage("timeline"),
        see('[name="timeline_html"]:contains("Reached"):contains("催报")'),
    ],
});
