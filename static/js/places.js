// Communes, found while their name is typed: an editable combobox with a list (WAI-ARIA 1.2).
//   <input data-places="commune_code" data-former="former_label" data-none data-some data-offline>
// Without this script, or without a signal, the server asks which commune was meant.

const WAIT = 180;
const SEARCH = "/api/v1/places";
const withoutSince = (note) => note.replace(/^[^:]*:\s*(một phần )?/, ""); // “trước 1/7/2025: một phần xã …”

class Places {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.texts = input.dataset;
    this.found = [];
    this.active = -1;
    this.former = "";
    this.list = this.make("ul", { role: "listbox", id: `${input.id}-list`, class: "found", "aria-label": input.labels[0].textContent.replace("*", "").trim() });
    this.list.hidden = true;
    this.said = this.make("p", { role: "status", class: "hint" });
    input.after(this.list, this.said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.choose([...this.list.children].indexOf(event.target.closest("li"))));
    if (input.value && !this.code.value) this.settle();
  }

  make(tag, attributes) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  /** The hidden field; where the server showed radio buttons, they give way to it at the first letter. */
  get code() {
    const name = this.texts.places;
    const hidden = this.form.querySelector(`input[type=hidden][name="${name}"]`);
    if (hidden) return hidden;
    const made = this.make("input", { type: "hidden", name });
    made.value = this.form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
    return made;
  }

  replaceRadios() {
    const radio = this.form.querySelector(`input[type=radio][name="${this.texts.places}"]`);
    if (!radio) return;
    const hidden = this.make("input", { type: "hidden", name: this.texts.places });
    radio.closest("fieldset[id]").replaceWith(hidden);
  }

  typed() {
    this.replaceRadios();
    this.code.value = "";
    clearTimeout(this.waiting);
    if (this.input.value.trim().length < 2) return this.close();
    this.waiting = setTimeout(() => this.search(), WAIT);
  }

  async ask(text) {
    this.asked?.abort();
    this.asked = new AbortController();
    const answer = await fetch(`${SEARCH}?limit=8&q=${encodeURIComponent(text.slice(0, 80))}`, { signal: this.asked.signal });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  async search() {
    const text = this.input.value.trim();
    try {
      this.found = await this.ask(text);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.close();
      this.said.textContent = this.texts.offline;
      return;
    }
    if (document.activeElement === this.input) this.show();
  }

  /** Text that came back with the page, from a saved draft: take its code if it names one commune exactly. */
  async settle() {
    const matches = await this.ask(this.input.value).catch(() => []);
    const same = matches.filter((match) => match.label === this.input.value);
    if (same.length === 1 && !this.code.value && this.code.isConnected) this.code.value = same[0].code;
  }

  show() {
    this.active = -1;
    this.list.replaceChildren(...this.found.map((match, index) => this.option(match, index)));
    this.list.hidden = !this.found.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
    this.said.textContent = this.found.length ? this.texts.some.replace("{count}", this.found.length) : this.texts.none;
  }

  option(match, index) {
    const option = this.make("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", lang: "vi" });
    const name = document.createElement("strong");
    name.textContent = match.label;
    option.append(name);
    if (match.note) {
      const note = document.createElement("small");
      note.textContent = match.note;
      option.append(note);
    }
    return option;
  }

  pressed(event) {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (this.list.hidden) this.found.length ? this.show() : this.typed();
      if (!this.list.hidden) this.move(steps[event.key]);
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  move(step) {
    const options = [...this.list.children];
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = this.active < 0 && step < 0 ? options.length - 1 : (this.active + step + options.length) % options.length;
    options[this.active].setAttribute("aria-selected", "true");
    options[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
  }

  choose(index) {
    const match = this.found[index];
    if (!match) return;
    this.input.value = match.label;
    this.code.value = match.code;
    this.close();
    this.said.textContent = match.note;
    this.fillFormer(match);
    this.form.dispatchEvent(new Event("input")); // the draft is kept with what was chosen
  }

  /** The old address goes with the commune, unless the person wrote another. */
  fillFormer(match) {
    const field = this.form.elements[this.texts.former];
    if (!field || (field.value && field.value !== this.former)) return;
    this.former = match.note ? withoutSince(match.note) : "";
    field.value = this.former;
  }

  close() {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.said.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const input of document.querySelectorAll("input[data-places]")) new Places(input);
