// What a script can do for readers beyond what pages do without one: copy a text, show a password.
// Its buttons are hidden until it has found that the browser can.

// <button data-copy="id" data-done="Copied" hidden>: copies the text of the element `id`.
async function copy(button) {
  const label = button.querySelector("span");
  const before = label.textContent;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.innerText.trim());
  } catch {
    getSelection().selectAllChildren(source); // ready to be copied by hand
    return;
  }
  label.textContent = button.dataset.done;
  setTimeout(() => {
    label.textContent = before;
  }, 3000);
}

// <button data-reveal="id" data-hide="Hide" hidden>: shows what is typed into the password field `id`.
function reveal(button) {
  const field = document.getElementById(button.dataset.reveal);
  const label = button.querySelector("span");
  const show = label.textContent;
  const set = (shown) => {
    field.type = shown ? "text" : "password";
    label.textContent = shown ? button.dataset.hide : show;
  };
  button.addEventListener("click", () => set(field.type === "password"));
  // Browsers offer to keep passwords only, and a text field's content would be kept for next time.
  field.form.addEventListener("submit", () => set(false));
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

for (const button of document.querySelectorAll("[data-reveal]")) {
  button.hidden = false;
  reveal(button);
}
