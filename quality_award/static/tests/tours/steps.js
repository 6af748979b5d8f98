/** Steps that several tours share. */

/** Open a menu of the app, by the XML ids of section and entry. */
export function openMenu(section, entry) {
    return [
        {
            content: `Open the section ${section}`,
            trigger: `.o_menu_sections [data-menu-xmlid="quality_award.${section}"]`,
            run: "click",
        },
        {
            content: `Open the menu ${entry}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid="quality_award.${entry}"]`,
            run: "click",
        },
    ];
}

/** Open the record of a list whose row shows `text`. */
export function openRow(text) {
    return [
        {
            content: `Open the record “${text}”`,
            trigger: `.o_list_view .o_data_row:contains("${text}") .o_data_cell:first`,
            run: "click",
        },
        { content: "Its form is there", trigger: ".o_form_view .o_form_sheet" },
    ];
}

/** Press a button of the form and confirm what it asks. */
export function pressAndConfirm(name) {
    return [
        {
            content: `Press ${name}`,
            trigger: `.o_form_view .o_form_statusbar button[name="${name}"]:enabled`,
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
    ];
}

/** The record stands at `state`. */
export function standsAt(state) {
    return [
        {
            content: `It is now “${state}”`,
            trigger: `.o_statusbar_status .o_arrow_button_current[data-value="${state}"]`,
        },
    ];
}

/** The act is refused with these words; close the dialog. */
export function refused(...words) {
    return [
        ...words.map((text) => ({
            content: `The refusal says “${text}”`,
            trigger: `.modal .modal-body:contains("${text}")`,
        })),
        {
            content: "Close the refusal",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        { content: "It is closed", trigger: "body:not(:has(.modal))" },
    ];
}
