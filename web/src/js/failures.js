// A request that did not succeed says so in the page's messages, in words the server wrote into the page.

export function showFailures() {
  document.addEventListener("htmx:sendError", () => say("failure-lost"));
  document.addEventListener("htmx:timeout", () => say("failure-lost"));
  document.addEventListener("htmx:responseError", () => say("failure-refused"));
}

function say(name) {
  const words = document.getElementById(name);
  const messages = document.getElementById("messages");
  if (!words || !messages) return;
  const message = document.createElement("div");
  message.className = "message is-error";
  message.append(words.content.cloneNode(true));
  messages.replaceWith(messages); // Chromium announces a live region again when it is put in again.
  messages.textContent = "";
  messages.append(message);
  messages.scrollIntoView({ block: "nearest" });
}
