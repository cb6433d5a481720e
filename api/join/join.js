// The token stands after the #, which no browser sends to a server by itself.
const form = document.querySelector("form");
const status = document.querySelector("[role=status]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, password } = Object.fromEntries(new FormData(form));
  const body = { token: location.hash.slice(1) };
  if (name) body.name = name;
  if (password) body.password = password;
  const response = await fetch("/auth/accept-invitation", {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) {
    form.remove();
    status.textContent = "You have joined. Sign in with your e-mail address.";
    return;
  }
  const problem = await response.json();
  const details = (problem.fields ?? []).map((field) => `${field.path}: ${field.message}`);
  status.textContent = [problem.title, ...details].join(" ");
});
