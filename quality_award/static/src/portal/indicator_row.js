import { _t } from "@web/core/l10n/translation";

import { call, Keeper, stateWord } from "./keeper";

/** What this page calls the row that the server makes for it: asked twice, made once. */
function newToken() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One row of a table of indicators, kept on this device and on the server. */
export class IndicatorRow {
    constructor(el, { address, code, key }) {
        this.el = el;
        this.address = address;
        this.url = `${address}/${encodeURIComponent(code)}/save`;
        this.id = Number(el.dataset.row) || null;
        this.revision = Number(el.dataset.revision) || 0;
        this.token = newToken();
        // Sent, and never answered: the server may have it.
        this.unheard = null;
        this.conflict = null;
        this.keeper = new Keeper({
            key,
            read: () => this.read(),
            send: (value, keepalive) => this.send(value, keepalive),
            show: (state, answer) => this.show(state, answer),
        });
        this.keeper.listen([]);
    }

    get inputs() {
        return [...this.el.querySelectorAll("input[name]:not([type=hidden])")];
    }

    get cells() {
        return Object.fromEntries(this.inputs.map(({ name, value }) => [name, value]));
    }

    /** Whether what was typed is neither on the server nor on this device. */
    get isNowhere() {
        return !this.keeper.isKeptHere && !this.isDropped && this.state !== "saved";
    }

    isMadeAs(token) {
        return this.el.dataset.token === token;
    }

    put(cells) {
        for (const input of this.inputs) {
            input.value = cells[input.name] || "";
        }
    }

    focus() {
        this.inputs[0].focus();
    }

    // -- what is kept ------------------------------------------------------------------
    typed() {
        this.note("");
        this.keeper.changed();
    }

    /** What was typed before this page was ready. */
    takeEarly() {
        if (this.inputs.some((input) => input.value !== input.defaultValue)) {
            this.keeper.changed();
        }
    }

    read() {
        const { cells, id: row, revision, token, unheard } = this;
        return { cells, row, revision, token, unheard };
    }

    async send(value, keepalive) {
        if (this.isDropped || this.conflict?.isRemoved) {
            return { failed: "gone" };
        }
        this.unheard ??= value.cells;
        this.keeper.remember();
        const answer = await this.save(value, keepalive);
        if (!["offline", "error"].includes(answer.failed)) {
            this.unheard = null;
        }
        return answer;
    }

    async save({ cells, ...kept }, keepalive = false) {
        const answer = await call(this.url, { values: cells, ...kept }, keepalive);
        const { wrong } = answer;
        return wrong ? { refused: Object.values(wrong).join(" "), wrong } : answer;
    }

    /** What was left here: the newest is shown, the older ones go to the server. */
    async restore(left) {
        const newest = this.keeper.isDirty ? null : left.pop();
        for (const { key, ...older } of left) {
            const answer = await this.save(older);
            if (!answer.failed && !answer.refused) {
                this.keeper.forget(key);
            }
            if (answer.conflict) {
                this.note(
                    _t("Another version was left on this device. It is kept beside this row.")
                );
            }
        }
        if (newest) {
            this.showLeft(newest);
        }
        this.keeper.flush();
    }

    showLeft({ cells, revision, token, unheard, key }) {
        const shown = this.cells;
        if (!this.id || Object.keys(shown).some((name) => shown[name] !== cells[name])) {
            this.put(cells);
            Object.assign(this, { revision, token, unheard });
            this.note(_t("Typed at an earlier visit and kept on this device."));
            this.keeper.changed();
        }
        this.keeper.forget(key);
    }

    // -- what is shown -----------------------------------------------------------------
    show(told, answer = {}) {
        const isRemoved = told === "gone" && Boolean(this.id);
        const state = isRemoved ? "conflict" : told;
        this.state = state;
        const word = this.el.querySelector(".o_award_state");
        const isGood = state === "saved";
        const isBad = !isGood && !["typing", "saving"].includes(state);
        word.textContent = stateWord(state, answer);
        word.dataset.state = state;
        word.classList.toggle("text-success", isGood);
        word.classList.toggle("text-danger", isBad);
        word.classList.toggle("text-muted", !isGood && !isBad);
        for (const input of this.inputs) {
            const isWrong = Boolean(answer.wrong?.[input.name]);
            input.classList.toggle("is-invalid", isWrong);
            input.setAttribute("aria-invalid", String(isWrong));
        }
        if (answer.id) {
            this.taken(answer);
        } else if (state === "conflict") {
            this.showConflict(answer.conflict || { isRemoved, cells: {} });
        }
    }

    /** The server has the row: as it is, or as it was when more was typed. */
    taken({ id, revision, chart }) {
        this.showConflict(null);
        Object.assign(this, { id, revision, token: newToken() });
        const picture = new DOMParser().parseFromString(chart, "text/html");
        this.el.querySelector(".o_award_figure").replaceChildren(...picture.body.children);
        if (this.keeper.isDirty) {
            this.keeper.remember();
        }
    }

    note(words) {
        const note = this.el.querySelector(".o_award_note");
        note.textContent = words;
        note.classList.toggle("d-none", !words);
    }

    // -- two versions ------------------------------------------------------------------
    showConflict(conflict) {
        this.conflict = conflict;
        const box = this.el.querySelector(".o_award_conflict");
        box.classList.toggle("d-none", !conflict);
        for (const kept of this.el.querySelectorAll(".o_award_kept")) {
            // What the server keeps of this page is the choice shown here.
            if (kept.dataset.token.startsWith(this.token)) {
                kept.remove();
            }
        }
        if (!conflict) {
            return;
        }
        const { isRemoved, by, saved_at } = conflict;
        box.querySelector(".o_award_why").textContent = isRemoved
            ? _t("This row was removed while you were writing. Yours is kept until you choose.")
            : _t("Changed by %(by)s, %(at)s. Both are kept until you choose.", {
                  by,
                  at: saved_at,
              });
        box.querySelector("[data-choice=theirs]").textContent = isRemoved
            ? _t("Leave It Removed")
            : _t("Take the Other");
        box.querySelector("tbody").replaceChildren(
            ...this.inputs.map((input) => this.compared(input, conflict.cells[input.name]))
        );
    }

    /** One column of both versions; marked where they differ. */
    compared(input, theirs = "") {
        const line = document.createElement("tr");
        line.className = input.value === theirs ? "text-muted" : "table-warning";
        for (const text of [input.labels[0].textContent.trim(), theirs, input.value]) {
            const cell = line.insertCell();
            cell.className = "o_award_lines";
            cell.textContent = text || "–";
        }
        return line;
    }

    choose(choice) {
        const { isRemoved, revision, cells } = this.conflict;
        this.showConflict(null);
        if (isRemoved && choice === "theirs") {
            this.drop();
            return;
        }
        Object.assign(this, isRemoved ? { id: null, revision: 0 } : { revision });
        if (choice === "theirs") {
            this.put(cells);
        }
        this.typed();
        this.keeper.flush();
        this.focus();
    }

    // -- taking the row away -----------------------------------------------------------
    async remove() {
        await this.keeper.flush();
        if (this.id) {
            const { id, revision } = this;
            const answer = await call(`${this.address}/row/${id}/drop`, { revision });
            const isAway = answer.removed || answer.failed === "gone";
            if (!isAway) {
                const fault = answer.refused ? "refused" : "conflict";
                this.show(answer.failed || fault, answer);
                return;
            }
        }
        this.drop();
    }

    drop() {
        this.isDropped = true;
        this.keeper.forget();
        this.keeper.destroy();
        this.el.remove();
    }
}
