// GraphiQL as our own pages use the API: with the session cookie, and the CSRF token beside it.
"use strict";

const { csrfCookie, csrfHeader } = document.body.dataset;
const signIn = document.getElementById("sign-in");
const signOut = document.getElementById("sign-out");
const standing = document.getElementById("standing");

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
  signIn.hidden = Boolean(viewer);
  signOut.hidden = !viewer;
}

signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await post("auth/sign-in", Object.fromEntries(new FormData(signIn)));
  if (answer.ok) {
    signIn.reset();
    await look();
  } else {
    standing.value = (await answer.json()).title;
  }
});

signOut.addEventListener("submit", async (event) => {
  event.preventDefault();
  await ask("auth/sign-out", { method: "POST" });
  await look();
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
