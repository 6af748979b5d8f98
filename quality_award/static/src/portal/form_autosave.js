import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { call, Keeper, stateWord } from "./keeper";

/** The application form: each field is kept when it is left, or after a pause. */
export class FormAutosave extends Interaction {
    static selector = ".o_award_autosave";
    dynamicContent = {
        _root: {
            "t-on-submit.prevent": () => this.flush(),
            "t-on-input": this.onInput,
            "t-on-change": this.onChange,
        },
        ".o_award_take": { "t-on-click.prevent": this.onTake },
        _document: { "t-on-visibilitychange": () => this.flush(true) },
        _window: {
            "t-on-online": () => this.flush(),
            "t-on-focus": () => this.flush(),
            "t-on-pagehide": () => this.flush(true),
            "t-on-keydown": this.onKey,
        },
    };

    setup() {
        const { application, user } = this.el.dataset;
        this.url = `/my/award/${application}/field`;
        this.state = this.el.querySelector(".o_award_state");
        this.key = `award:${user}:${application}:field:`;
        this.keepers = {};
    }

    start() {
        for (const input of this.el.querySelectorAll("[name]:not(button)")) {
            if (input.type !== "hidden") {
                this.keep(input);
            }
        }
    }

    destroy() {
        Object.values(this.keepers).forEach((keeper) => keeper.destroy());
    }

    keep(input) {
        const { name } = input;
        let was = this.givenBy(input);
        const keeper = new Keeper({
            key: this.key + name,
            read: () => ({ value: this.valueOf(input), was }),
            send: (value, keepalive) =>
                call(`${this.url}/${encodeURIComponent(name)}/save`, value, keepalive),
            show: (state, answer) => this.show(input, state, answer),
            took: (answer) => {
                was = answer.value;
            },
        });
        keeper.take = (value) => {
            was = value;
        };
        this.keepers[name] = keeper;
        this.waitFor(keeper.left()).then(([newest]) => {
            if (newest && newest.value !== was) {
                this.put(input, newest.value);
                was = newest.was;
                keeper.changed();
                keeper.flush();
            }
            if (newest) {
                keeper.forget(newest.key);
            } else if (this.valueOf(input) !== was) {
                // Typed before this page was ready.
                keeper.changed();
                keeper.flush();
            }
        });
    }

    valueOf(input) {
        return input.type === "checkbox" ? (input.checked ? "1" : "") : input.value;
    }

    /** The value that the server has given, whatever was typed since. */
    givenBy(input) {
        if (input.type === "checkbox") {
            return input.defaultChecked ? "1" : "";
        }
        if (input.options) {
            return [...input.options].find((o) => o.defaultSelected)?.value || "";
        }
        return input.defaultValue;
    }

    put(input, value) {
        if (input.type === "checkbox") {
            input.checked = Boolean(value);
        } else {
            input.value = value;
        }
    }

    flush(keepalive = false) {
        Object.values(this.keepers).forEach((keeper) => keeper.flush(keepalive));
    }

    onInput(ev) {
        this.keepers[ev.target.name]?.changed();
    }

    onChange(ev) {
        this.keepers[ev.target.name]?.changed();
        this.keepers[ev.target.name]?.flush();
    }

    onKey(ev) {
        if ((ev.ctrlKey || ev.metaKey) && ev.key === "s") {
            ev.preventDefault();
            this.flush();
        }
    }

    show(input, state, answer = {}) {
        this.state.textContent = stateWord(state, answer);
        this.state.dataset.state = state;
        const isAtFault = ["conflict", "refused"].includes(state);
        input.classList.toggle("is-invalid", isAtFault);
        input.parentElement.querySelector(".o_award_beside")?.remove();
        if (!isAtFault) {
            return;
        }
        const beside = document.createElement("div");
        beside.className = "o_award_beside invalid-feedback d-block";
        beside.textContent = answer.refused || "";
        if (answer.conflict) {
            this.beside(beside, input, answer.conflict.value);
        }
        input.parentElement.append(beside);
    }

    /** Both values, and a button for each. */
    beside(box, input, theirs) {
        const label = (value) =>
            [...(input.options || [])].find((o) => o.value === value)?.text || value || "—";
        box.append(_t("Somebody else has entered: %s", label(theirs)), document.createElement("br"));
        for (const [choice, words] of [
            ["theirs", _t("Take that")],
            ["mine", _t("Keep mine")],
        ]) {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "btn btn-sm btn-outline-secondary me-2 o_award_take";
            Object.assign(button.dataset, { choice, name: input.name, theirs });
            button.textContent = words;
            box.append(button);
        }
        this.refreshListeners?.();
        this.updateContent();
    }

    onTake(ev) {
        const { choice, name, theirs } = ev.currentTarget.dataset;
        const input = this.el.querySelector(`[name="${CSS.escape(name)}"]`);
        const keeper = this.keepers[name];
        keeper.take(theirs);
        if (choice === "theirs") {
            this.put(input, theirs);
        }
        keeper.changed();
        keeper.flush();
    }
}

registry.category("public.interactions").add("quality_award.form_autosave", FormAutosave);
