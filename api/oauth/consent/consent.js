// Our own routes do the work; the CSRF token is repeated from its cookie, as all our pages do.
const status = document.querySelector("[role=status]");
const proof = document.querySelector("#proof");
const signIn = document.querySelector("#sign-in");
const decision = document.querySelector("#decision");
let pendingToken = null;
let agreed = null;

const csrf = () => document.cookie.match(/(?:^|; )deskbell_csrf=([0-9a-f]+)/)?.[1] ?? "";

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf() },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw answer;
  return answer;
}

function say(problem) {
  status.textContent = problem.title ?? "Something went wrong. Try again.";
}

// Only those fields that were filled in.
function filled(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
}

signIn?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const given = filled(signIn);
    const path = pendingToken ? "/auth/mfa" : "/auth/sign-in";
    const answer = await post(path, pendingToken ? { pendingToken, code: given.code } : given);
    if (!answer.mfaRequired) return location.reload();
    pendingToken = answer.pendingToken;
    signIn.querySelector(".password").remove();
    signIn.querySelector(".code").hidden = false;
    status.textContent = "Enter the code of your authenticator app.";
  } catch (problem) {
    say(problem);
  }
});

async function decide(allow) {
  const { tenant, scopes } = decision.dataset;
  const shown = { tenant, scopes: scopes.split(" ") };
  try {
    const answer = await post("/oauth/consent", { request: location.search.slice(1), allow, shown });
    location.assign(answer.location);
  } catch (problem) {
    if (problem.code === "STEP_UP_REQUIRED") {
      agreed = allow;
      proof.hidden = false;
      status.textContent = "Prove first that it is you.";
    } else {
      say(problem);
    }
  }
}

decision?.addEventListener("submit", (event) => {
  event.preventDefault();
  decide(event.submitter.value === "allow");
});

proof?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await post("/auth/step-up", filled(proof));
    proof.hidden = true;
    await decide(agreed);
  } catch (problem) {
    say(problem);
  }
});
