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

/** Save the form, and wait until it is saved. */
export function save() {
    return [
        { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" },
        { content: "It is saved", trigger: ".o_form_saved" },
    ];
}

/** Turn to a page of the form. */
export function openPage(name) {
    return [
        {
            content: `Turn to the page ${name}`,
            trigger: `.o_form_view .o_notebook_headers a[name="${name}"]`,
            run: "click",
        },
    ];
}

/** Type into a field, of the form or of a row (`within`). */
export function type(name, text, within = ".o_form_view") {
    return [
        {
            content: `Type “${text}” into ${name}`,
            trigger: `${within} [name="${name}"] :is(input, textarea)`,
            run: `edit ${text}`,
        },
    ];
}

/** Choose a record by its name. */
export function pick(name, text, within = ".o_form_view") {
    return [
        {
            content: `Look for “${text}” in ${name}`,
            trigger: `${within} [name="${name}"] input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose “${text}”`,
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains("${text}")`,
            run: "click",
        },
    ];
}

/** Choose a word of a selection. */
export function choose(name, label, within = ".o_form_view") {
    return [
        {
            content: `Open the choices of ${name}`,
            trigger: `${within} [name="${name}"] .o_select_menu_toggler`,
            run: "click",
        },
        {
            content: `Choose “${label}”`,
            trigger: `.o_select_menu_menu .o_select_menu_item:contains(/^${label}$/)`,
            run: "click",
        },
    ];
}

/** Add a row to a list of the form; what follows is typed into `ROW`. */
export function addRow(list) {
    return [
        {
            content: `Add a row to ${list}`,
            trigger: `.o_form_view [name="${list}"] .o_field_x2many_list_row_add a`,
            run: "click",
        },
        {
            content: "The row is there",
            trigger: `.o_form_view [name="${list}"] .o_selected_row`,
        },
    ];
}
export const ROW = ".o_form_view .o_selected_row";
