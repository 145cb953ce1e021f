// Buttons that hand on what is shown once; without this script people select and copy it themselves.
//   <button data-copy="id" data-done="Copied" hidden>   copies the text of that element
//   <button data-share="id" hidden>                     hands it to Zalo or whatever the phone offers

const textOf = (id) => {
  const element = document.getElementById(id);
  return element.value ?? element.textContent.trim();
};

async function copy(id) {
  try {
    await navigator.clipboard.writeText(textOf(id));
  } catch { // no clipboard without TLS: select the text, and let the browser copy what is selected
    const element = document.getElementById(id);
    if (element.select) element.select(); else getSelection().selectAllChildren(element);
    document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.done;
  });
}

if (navigator.share) for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ text: textOf(button.dataset.share) }).catch(() => {}));
}
