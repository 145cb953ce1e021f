// Comforts for forms, found by their data attributes; every form works without them.
//   <form data-keep="spray-…">  typed text survives a closed page or a lost signal, until the server has it
//   <form data-once>            a second tap on the button sends nothing
//   <form data-forgets>         (sign-out) nothing typed stays behind on the phone
//   <input type="hidden" data-sent-at>  what this phone's clock shows when the form is sent: a wrong one is found
//   <input type="file" data-max-mb="20" data-too-big="…">  says so before the upload, not after

const KEPT = "kept:", SENT = "sent:";
const forms = (attribute) => document.querySelectorAll(`form[${attribute}]`);
const isTyped = (field) => field.name && !/^(password|file|hidden|submit|button)$/.test(field.type);
const isTick = (field) => /^(checkbox|radio)$/.test(field.type);

function keep(form) {
  const typed = [...form.elements].filter(isTyped).map((field) => [field.name, field.value, field.checked]);
  try { sessionStorage[KEPT + form.dataset.keep] = JSON.stringify(typed); } catch { /* a full store: go without */ }
}

function restore(form) {
  for (const [name, value, checked] of JSON.parse(sessionStorage[KEPT + form.dataset.keep] ?? "[]")) {
    for (const field of [...form.elements].filter((one) => isTyped(one) && one.name === name)) {
      if (!isTick(field)) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
}

// A form that was sent and is not here any more, or is here beside a message of success, has arrived.
function forgetWhatArrived() {
  const waiting = new Set([...forms("data-keep")].map((form) => form.dataset.keep));
  for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(SENT))) {
    const name = key.slice(SENT.length);
    if (!waiting.has(name) || document.querySelector("[role=status]")) sessionStorage.removeItem(KEPT + name);
    sessionStorage.removeItem(key);
  }
}

forgetWhatArrived();
for (const form of forms("data-keep")) {
  if (form.querySelector("[role=alert]")) keep(form); // came back with errors: what it holds now is the newest
  else restore(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", () => { keep(form); sessionStorage[SENT + form.dataset.keep] = "yes"; });
}

// “This is needed.” says too little in a list: name the field, in the order of the page.
for (const summary of document.querySelectorAll("[data-names-fields] ul")) {
  const named = [...summary.children].map((item) => {
    const field = document.getElementById(item.querySelector("a")?.hash.slice(1) ?? "");
    const label = field && (document.querySelector(`label[for="${field.id}"]`) ?? field.closest("fieldset")?.querySelector("legend"));
    if (label) item.querySelector("a").prepend(`${label.textContent.replace(/[?*\s]+$/, "").trim()}: `);
    return [field?.getBoundingClientRect().top ?? -1, item];
  });
  summary.append(...named.sort(([a], [b]) => a - b).map(([, item]) => item));
}

const release = (form) => { delete form.dataset.sent; form.removeAttribute("aria-busy"); };
for (const form of forms("data-once")) form.addEventListener("submit", (event) => {
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(release, 15000, form); // a stalled network: sending the same id again is harmless
});
for (const input of document.querySelectorAll("input[data-sent-at]")) input.form.addEventListener("submit", () => {
  input.value = new Date().toISOString();
});
addEventListener("pageshow", () => forms("data-sent").forEach(release));
for (const form of forms("data-forgets")) form.addEventListener("submit", () => sessionStorage.clear());

for (const input of document.querySelectorAll("input[type=file][data-max-mb]")) input.addEventListener("change", () => {
  const tooBig = [...input.files].some((file) => file.size > Number(input.dataset.maxMb) * 1048576);
  input.setCustomValidity(tooBig ? input.dataset.tooBig : "");
  if (tooBig) input.reportValidity();
});
