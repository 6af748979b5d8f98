/**
 * Uploads of several files, each with its progress.
 *
 * Without script the form is sent as it is. Each file goes in a request of its own, so
 * that one that is refused, or a connection that breaks, costs no other one.
 */
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";

export class AwardUpload extends Interaction {
    static selector = ".o_award_upload";

    dynamicContent = {
        _root: { "t-on-submit.prevent": this.onSubmit },
    };

    async onSubmit() {
        const input = this.el.querySelector("input[type=file]");
        const button = this.el.querySelector("button");
        const list = this.el.querySelector(".o_award_upload_list");
        button.disabled = true;
        list.replaceChildren();
        const files = [...input.files];
        let taken = 0;
        for (const file of files) {
            taken += (await this.waitFor(this.sendOne(file, list))) ? 1 : 0;
        }
        button.disabled = false;
        input.value = "";
        if (taken === files.length) {
            window.location.reload();
        } else if (taken) {
            this.offerReload(list);
        }
    }

    /** What was refused stays on the page; what was taken is seen after this. */
    offerReload(list) {
        const again = document.createElement("button");
        again.type = "button";
        again.className = "btn btn-link btn-sm p-0";
        again.textContent = _t("Show What Was Taken");
        again.addEventListener("click", () => window.location.reload());
        const line = document.createElement("li");
        line.append(again);
        list.append(line);
    }

    /** @returns {Promise<boolean>} whether the file was taken */
    sendOne(file, list) {
        const line = document.createElement("li");
        const word = document.createElement("span");
        const bar = document.createElement("progress");
        bar.max = file.size || 1;
        bar.className = "ms-2";
        line.append(file.name, bar, word);
        word.className = "ms-2";
        list.append(line);
        const say = (text, kind) => {
            bar.remove();
            word.textContent = text;
            line.className = kind;
        };
        if (file.size > Number(this.el.dataset.most)) {
            say(_t("The file is too large."), "text-danger");
            return Promise.resolve(false);
        }
        const form = new FormData();
        for (const name of ["csrf_token", "kind", "part"]) {
            form.append(name, this.el.querySelector(`input[name=${name}]`).value);
        }
        form.append("file", file, file.name);
        return new Promise((done) => {
            const request = new XMLHttpRequest();
            request.open("POST", this.el.getAttribute("action"));
            request.upload.addEventListener("progress", (event) => {
                bar.value = event.loaded;
            });
            request.addEventListener("loadend", () => {
                const answer = this.answerOf(request);
                const because = answer.refused?.[0]?.because || answer.error;
                if (answer.files?.length) {
                    say(_t("Taken."), "text-success");
                } else {
                    say(because || this.trouble(request.status), "text-danger");
                }
                done(Boolean(answer.files?.length));
            });
            request.send(form);
        });
    }

    answerOf(request) {
        try {
            return JSON.parse(request.responseText);
        } catch {
            return {};
        }
    }

    trouble(status) {
        if (status === 413) {
            return _t("The file is too large.");
        }
        if (!status) {
            return _t("The connection broke. Upload this file again.");
        }
        return _t("This was not possible. Reload the page and log in again.");
    }
}

registry.category("public.interactions").add("quality_award.upload", AwardUpload);
