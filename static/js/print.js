// <button data-print hidden>  appears where the browser can print, and prints the page

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
