// Behind the # stand the token of the sign-in that waits, and the path to go on at.
const form = document.querySelector("form");
const status = document.querySelector("[role=status]");
const [pendingToken, wanted] = location.hash.slice(1).split("&");
const returnTo = decodeURIComponent(wanted ?? "/");
history.replaceState(null, "", location.pathname);

// A browser that is signed in already has to say that this page is ours.
function csrfToken() {
  const cookies = document.cookie.split("; ").map((cookie) => cookie.split("="));
  return new Map(cookies).get("deskbell_csrf") ?? "";
}

// An app shows six digits; what looks otherwise is a recovery code.
function proof(code) {
  const digits = code.replace(/\s/g, "");
  return /^\d{6}$/.test(digits) ? { code: digits } : { recoveryCode: code.trim() };
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const response = await fetch("/auth/mfa", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken() },
    body: JSON.stringify({ pendingToken, ...proof(form.elements.code.value) }),
  });
  if (!response.ok) {
    status.textContent = (await response.json()).title;
    return;
  }
  // Only ever a path of our own.
  const path = /^\/(?![/\\])/.test(returnTo) ? returnTo : "/";
  location.replace(path);
});
