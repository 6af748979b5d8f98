import { patch } from "@web/core/utils/patch";
import { SelectMenu } from "@web/core/select_menu/select_menu";

/**
 * A word that was chosen stays chosen when its field is left at once.
 *
 * While a choice is on its way to the server and back, Odoo shows the field empty.
 * Whoever goes on to the next field in the moment before it is drawn again would have
 * the choice taken back: the menu reads an empty field as one that was emptied. Only
 * what somebody emptied by typing is read so here.
 */
patch(SelectMenu.prototype, {
    setup() {
        super.setup();
        this.isTyped = false;
        this.noteTyping = () => {
            this.isTyped = true;
        };
    },

    onInputFocus(ev) {
        this.isTyped = false;
        ev.target.addEventListener("input", this.noteTyping);
        return super.onInputFocus(ev);
    },

    onItemSelected(value) {
        this.isTyped = false;
        return super.onItemSelected(value);
    },

    onInputBlur(ev) {
        if (ev.target.value === "" && !this.isTyped) {
            this.state.isFocused = false;
            return;
        }
        return super.onInputBlur(ev);
    },
});
