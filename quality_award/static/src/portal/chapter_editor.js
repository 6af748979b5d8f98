import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { call, characters, Keeper, stateWord } from "./keeper";

/** An empty table to fill in. */
const TABLE = `<table><tbody>${"<tr><td><br></td><td><br></td><td><br></td></tr>".repeat(
    3
)}</tbody></table><p><br></p>`;

/** One chapter: typed, pasted with tables and pictures, kept while it is written. */
export class ChapterEditor extends Interaction {
    static selector = ".o_award_writer";
    dynamicContent = {
        ".o_award_editor": {
            "t-on-input": this.onInput,
            "t-on-blur": () => this.keeper.flush(),
            "t-on-paste": this.onPaste,
            "t-on-drop.prevent": () => {},
        },
        ".o_award_tool": { "t-on-click.prevent": this.onTool },
        ".o_award_picture": { "t-on-change": this.onPicture },
        ".o_award_choose": { "t-on-click.prevent": this.onChoose },
        ".o_award_copy_drop": { "t-on-click.prevent": this.onDropCopy },
        ".o_award_copy_take": { "t-on-click.prevent": this.onTakeCopy },
        _document: { "t-on-visibilitychange": this.onHidden },
        _window: {
            "t-on-online": () => this.keeper.flush(),
            "t-on-focus": () => this.keeper.flush(),
            "t-on-pagehide": () => this.keeper.flush(true),
            "t-on-keydown": this.onKey,
            "t-on-beforeunload": this.onLeave,
        },
    };

    setup() {
        const { application, code, revision, user } = this.el.dataset;
        this.url = `/my/award/${application}`;
        this.code = code;
        this.revision = Number(revision || 0);
        this.most = Number(this.el.dataset.most);
        this.editor = this.el.querySelector(".o_award_editor");
        this.state = this.el.querySelector(".o_award_state");
        this.keeper = new Keeper({
            key: `award:${user}:${application}:${code}`,
            read: () => ({ html: this.editor.innerHTML, revision: this.revision }),
            send: (value, keepalive) =>
                call(`${this.url}/chapter/${encodeURIComponent(code)}/save`, value, keepalive),
            show: (state, answer) => this.show(state, answer),
            took: (answer) => {
                this.revision = answer.revision;
            },
        });
    }

    async willStart() {
        this.left = await this.keeper.left();
    }

    start() {
        const plain = this.el.querySelector("textarea");
        plain.hidden = true;
        plain.removeAttribute("name");
        for (const hidden of this.el.querySelectorAll(".o_award_scripted")) {
            hidden.classList.remove("d-none");
        }
        this.el.querySelector(".o_award_unscripted")?.remove();
        document.execCommand("defaultParagraphSeparator", false, "p");
        this.editor.setAttribute("contenteditable", "true");
        this.restore(this.takeEarly(plain) ? [null, ...this.left] : this.left);
        this.count();
    }

    /** What was typed into the plain field before this page was ready. */
    takeEarly(plain) {
        if (plain.value === plain.defaultValue) {
            return false;
        }
        const typed = document.createElement("div");
        typed.innerText = plain.value;
        if (this.editor.querySelector("table, img")) {
            this.editor.append(typed);
        } else {
            this.editor.replaceChildren(typed);
        }
        this.keeper.changed();
        return true;
    }

    /** What was left here: the newest is shown, the older ones go to the server. */
    async restore([newest, ...older]) {
        if (newest && newest.html !== this.editor.innerHTML) {
            this.editor.innerHTML = newest.html;
            this.revision = newest.revision;
            this.keeper.changed();
        }
        if (newest) {
            this.keeper.forget(newest.key);
        }
        for (const { html, revision, key } of older.reverse()) {
            const url = `${this.url}/chapter/${encodeURIComponent(this.code)}/save`;
            const answer = await call(url, { html, revision });
            if (!answer.failed && !answer.refused) {
                this.keeper.forget(key);
            }
            if (answer.conflict) {
                this.note(
                    _t("Another text was left on this device. It is kept beside the chapter.")
                );
            }
        }
        this.keeper.flush();
    }

    destroy() {
        this.keeper.destroy();
    }

    onInput() {
        this.count();
        this.keeper.changed();
    }

    onHidden() {
        if (document.visibilityState === "hidden") {
            this.keeper.flush(true);
        }
    }

    /** Only where neither the server nor this device has the text. */
    onLeave(ev) {
        if (this.keeper.isDirty && !this.keeper.isKeptHere) {
            ev.preventDefault();
        }
    }

    onKey(ev) {
        if (!ev.ctrlKey && !ev.metaKey) {
            return;
        }
        if (ev.key === "s") {
            ev.preventDefault();
            this.keeper.flush();
        } else if (ev.key === "Enter") {
            const next = this.el.querySelector(".o_award_next");
            if (next) {
                ev.preventDefault();
                this.keeper.flush().then(() => window.location.assign(next.href));
            }
        }
    }

    // -- what is shown -----------------------------------------------------------------
    show(state, answer = {}) {
        this.state.textContent = stateWord(state, answer);
        this.state.dataset.state = state;
        if (state === "conflict") {
            this.conflict = answer.conflict;
            this.showConflict();
        }
        if (answer.lost?.includes("picture")) {
            this.note(_t("A picture could not be taken. Insert it by the button."));
        }
    }

    note(words) {
        const note = this.el.querySelector(".o_award_note");
        note.textContent = words;
        note.classList.toggle("d-none", !words);
    }

    /** The count, and the part that is too long. */
    count() {
        const length = characters(this.editor.textContent);
        const count = this.el.querySelector(".o_award_count");
        count.textContent = _t("%(length)s of %(most)s characters", {
            length,
            most: this.most,
        });
        count.classList.toggle("text-danger", length > this.most);
        if (window.CSS?.highlights) {
            CSS.highlights.delete("award-too-long");
            if (length > this.most) {
                CSS.highlights.set("award-too-long", new Highlight(this.tooLong()));
            }
        }
    }

    /** The range after the last character that fits. */
    tooLong() {
        const walker = document.createTreeWalker(this.editor, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        let left = this.most;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const here = characters(node.textContent);
            if (here > left) {
                let end = 0;
                for (const sign of node.textContent) {
                    if (characters(sign) && !left--) {
                        break;
                    }
                    end += sign.length;
                }
                range.setStart(node, end);
                break;
            }
            left -= here;
        }
        range.setEndAfter(this.editor.lastChild);
        return range;
    }

    showConflict() {
        const box = this.el.querySelector(".o_award_conflict");
        box.classList.remove("d-none");
        box.querySelector(".o_award_by").textContent = `${this.conflict.by} ${this.conflict.at}`;
        const rows = box.querySelector("tbody");
        rows.replaceChildren(
            ...this.conflict.differences.map(([tag, theirs, mine]) => {
                const row = document.createElement("tr");
                row.className = tag === "equal" ? "text-muted" : "table-warning";
                for (const text of [theirs, mine]) {
                    const cell = row.insertCell();
                    cell.className = "w-50 o_award_lines";
                    cell.textContent = text;
                }
                return row;
            })
        );
    }

    async onChoose(ev) {
        const { conflict } = this;
        const choice = ev.currentTarget.dataset.choice;
        const mine = this.editor.innerHTML;
        this.revision = conflict.revision;
        if (choice === "theirs") {
            this.editor.innerHTML = conflict.html;
        } else if (choice === "both") {
            this.editor.innerHTML = conflict.html + mine;
        }
        this.conflict = null;
        this.el.querySelector(".o_award_conflict").classList.add("d-none");
        this.count();
        this.keeper.changed();
        await this.keeper.flush();
        if (choice !== "theirs" && !this.conflict) {
            await call(`${this.url}/copy/${conflict.copy}/drop`, {});
        }
    }

    // -- texts kept beside -------------------------------------------------------------
    async onDropCopy(ev) {
        const kept = ev.currentTarget.closest(".o_award_copy");
        const answer = await call(`${this.url}/copy/${kept.dataset.copy}/drop`, {});
        if (!answer.failed) {
            kept.remove();
        }
    }

    onTakeCopy(ev) {
        const kept = ev.currentTarget.closest(".o_award_copy");
        this.editor.innerHTML += kept.querySelector(".o_award_copy_text").innerHTML;
        this.onInput();
    }

    // -- what is put in ----------------------------------------------------------------
    onTool(ev) {
        const { command, value } = ev.currentTarget.dataset;
        this.editor.focus();
        if (command === "table") {
            document.execCommand("insertHTML", false, TABLE);
        } else if (command === "picture") {
            this.el.querySelector(".o_award_picture").click();
        } else {
            document.execCommand(command, false, value || null);
        }
        this.onInput();
    }

    async onPicture(ev) {
        const files = [...ev.currentTarget.files];
        ev.currentTarget.value = "";
        await this.insertFiles(files);
    }

    async onPaste(ev) {
        ev.preventDefault();
        const { clipboardData } = ev;
        const html = clipboardData.getData("text/html");
        const text = clipboardData.getData("text/plain");
        const pictures = [...clipboardData.files].filter((f) => f.type.startsWith("image/"));
        if (html) {
            const answer = await call(`${this.url}/clean`, {
                html: await this.withPictures(html),
            });
            if (!answer.failed && !answer.refused) {
                this.insertHtml(answer.html);
                if (answer.lost.includes("picture")) {
                    this.note(_t("A picture could not be taken. Insert it by the button."));
                }
                return;
            }
        } else if (pictures.length) {
            await this.insertFiles(pictures);
            return;
        }
        this.editor.focus();
        document.execCommand("insertText", false, text);
        this.onInput();
    }

    insertHtml(html) {
        this.editor.focus();
        document.execCommand("insertHTML", false, html);
        this.onInput();
    }

    /** Pasted HTML in which pictures that came with it have become files. */
    async withPictures(html) {
        const page = new DOMParser().parseFromString(html, "text/html");
        for (const picture of page.querySelectorAll('img[src^="data:image/"]')) {
            const blob = await fetch(picture.src).then((data) => data.blob());
            const [url] = await this.upload([new File([blob], "picture")]);
            if (url) {
                picture.setAttribute("src", url);
            }
        }
        return page.body.innerHTML;
    }

    async insertFiles(files) {
        for (const url of await this.upload(files)) {
            this.insertHtml(`<p><img src="${url}"></p>`);
        }
    }

    /** Addresses of the files that the server took; the others are named. */
    async upload(files) {
        const form = new FormData();
        for (const file of files) {
            form.append("file", file);
        }
        form.append("kind", "picture");
        form.append("part", `chapter:${this.code}`);
        form.append("csrf_token", odoo.csrf_token);
        let answer;
        try {
            const response = await fetch(`${this.url}/upload`, { method: "POST", body: form });
            answer = await response.json();
        } catch {
            this.note(_t("The picture was not taken. Try again when you are online."));
            return [];
        }
        this.note((answer.refused || []).map((r) => `${r.name}: ${r.because}`).join(" "));
        return (answer.files || []).map((file) => file.url);
    }
}

registry.category("public.interactions").add("quality_award.chapter_editor", ChapterEditor);
