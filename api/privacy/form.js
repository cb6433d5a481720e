// The request of a letter stands after the #, which no browser sends to a server by itself.
const status = document.querySelector("[role=status]");
const wish = document.querySelector("#wish");
const proof = document.querySelector("#proof");
const request = new URLSearchParams(location.hash.slice(1)).get("request");
const path = location.pathname.replace(/\/$/, "");

async function send(where, body) {
  return fetch(`${path}/${where}`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function tell(response, form, words) {
  if (response.ok) {
    form.remove();
    status.textContent = words;
    return;
  }
  const problem = await response.json();
  const details = (problem.fields ?? []).map((field) => `${field.path}: ${field.message}`);
  status.textContent = [problem.title, ...details].join(" ");
}

if (request) {
  wish.hidden = true;
  proof.hidden = false;
}

wish.addEventListener("submit", async (event) => {
  event.preventDefault();
  const response = await send("requests", Object.fromEntries(new FormData(wish)));
  await tell(response, wish, "Thank you. A letter is on its way, if we can reach you.");
});

proof.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { code } = Object.fromEntries(new FormData(proof));
  const response = await send("proof", { request, code });
  await tell(response, proof, "Thank you. You will have an answer in time.");
});
