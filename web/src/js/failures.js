// A request that did not succeed says so in the messages nearest to it, and what was typed stays where it is.
//
// A refusal ([data-refusal], made by the server) brings its own words; for the rest the page holds them ready.

export function showFailures() {
  document.addEventListener("htmx:sendError", (event) => say(event.target, "failure-lost"));
  document.addEventListener("htmx:timeout", (event) => say(event.target, "failure-lost"));
  document.addEventListener("htmx:responseError", (event) => say(event.target, "failure-refused"));
  document.addEventListener("htmx:beforeSwap", placeRefusal);
}

function placeRefusal(event) {
  const { detail } = event;
  const messages = messagesNear(detail.requestConfig.elt);
  if (!messages || !detail.serverResponse.includes("data-refusal")) return;
  Object.assign(detail, { shouldSwap: true, isError: false, target: messages });
  Object.assign(detail, { swapOverride: "innerHTML", selectOverride: "unset" });
}

function messagesNear(part) {
  const body = part.closest(".page-body");
  return (body || document).querySelector(".messages");
}

function say(part, name) {
  const words = document.getElementById(name);
  const messages = messagesNear(part);
  if (!words || !messages) return;
  const message = document.createElement("div");
  message.className = "message is-error";
  message.append(words.content.cloneNode(true));
  messages.textContent = "";
  messages.append(message);
  messages.scrollIntoView({ block: "nearest" });
}
