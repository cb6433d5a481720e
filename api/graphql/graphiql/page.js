// GraphiQL as our own pages use the API: with the session cookie, and the CSRF token beside it.
"use strict";

const { csrfCookie, csrfHeader } = document.body.dataset;
const signIn = document.getElementById("sign-in");
const secondStep = document.getElementById("second-step");
const byProvider = document.getElementById("by-provider");
const startAgain = document.getElementById("start-again");
const signOut = document.getElementById("sign-out");
const standing = document.getElementById("standing");
const examples = document.getElementById("examples");
// The sign-in that waits for a second factor; it is good for ten minutes.
let pendingToken = null;

const EXAMPLE = `# Sign in above; then this asks what came in.
query Overview($first: Date!, $last: Date!) {
  viewer { name }
  tenant {
    name
    overview(first: $first, last: $last) {
      calls { answered missed seconds }
      messages { left open }
      leads { captured new }
      appointments { booked cancelled }
    }
  }
}
`;

// Read for every request: signing in, here or in another tab, changes it.
function csrfToken() {
  const cookies = document.cookie.split("; ").map((cookie) => cookie.split("="));
  return new Map(cookies).get(csrfCookie) ?? "";
}

function ask(url, options = {}) {
  const headers = { ...options.headers, [csrfHeader]: csrfToken() };
  return fetch(url, { ...options, credentials: "same-origin", headers });
}

function post(url, body) {
  const headers = { "Content-Type": "application/json" };
  return ask(url, { method: "POST", headers, body: JSON.stringify(body) });
}

async function look() {
  const answer = await post("graphql", { query: "{ viewer { name tenant { name } } }" });
  const viewer = answer.ok ? (await answer.json()).data?.viewer : null;
  standing.value = viewer ? `${viewer.name}, ${viewer.tenant.name}` : "";
  signIn.hidden = Boolean(viewer) || Boolean(pendingToken);
  secondStep.hidden = !pendingToken;
  signOut.hidden = !viewer;
}

// What a request for a session was answered with: one, half of one, or a problem.
async function arrive(form, answer) {
  const told = await answer.json();
  if (!answer.ok) {
    standing.value = told.title;
    return;
  }
  form.reset();
  pendingToken = told.mfaRequired ? told.pendingToken : null;
  await look();
  if (!pendingToken) return;
  standing.value = "One more step";
  secondStep.elements.code.focus();
}

// An app shows six digits; what looks otherwise is a recovery code.
function proof(code) {
  const digits = code.replace(/\s/g, "");
  return /^\d{6}$/.test(digits) ? { code: digits } : { recoveryCode: code.trim() };
}

signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(signIn));
  await arrive(signIn, await post("auth/sign-in", given));
});

secondStep.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = { pendingToken, ...proof(secondStep.elements.code.value) };
  await arrive(secondStep, await post("auth/mfa", given));
});

startAgain.addEventListener("click", async () => {
  pendingToken = null;
  await look();
});

byProvider.addEventListener("click", async () => {
  const email = signIn.elements.email;
  if (!email.reportValidity()) return;
  const returnTo = new URL("graphql", window.location.href).pathname;
  const answer = await post("auth/sso", { email: email.value, returnTo });
  const told = await answer.json();
  if (told.redirectUrl) window.location.assign(told.redirectUrl);
  else standing.value = told.title ?? "This address signs in with a password";
});

signOut.addEventListener("submit", async (event) => {
  event.preventDefault();
  await ask("auth/sign-out", { method: "POST" });
  await look();
});

// The menu goes back to its name, so that the same example can be picked again.
examples.addEventListener("change", () => {
  const typed = document.querySelector(".graphiql-query-editor .CodeMirror");
  typed?.CodeMirror.setValue(examples.value);
  examples.selectedIndex = 0;
});

function sinceLastMonth() {
  const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  return JSON.stringify({ first: day(30), last: day(0) }, null, 2);
}

const here = new URL("graphql", window.location.href);
const live = new URL(here);
live.protocol = here.protocol === "https:" ? "wss:" : "ws:";

const fetcher = GraphiQL.createFetcher({ url: here.href, subscriptionUrl: live.href, fetch: ask });
const editor = React.createElement(GraphiQL, {
  fetcher,
  defaultEditorToolsVisibility: "variables",
  defaultQuery: EXAMPLE,
  isHeadersEditorEnabled: false,
  variables: sinceLastMonth(),
});
ReactDOM.createRoot(document.getElementById("graphiql")).render(editor);
look();
