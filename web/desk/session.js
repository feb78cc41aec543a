/** Asks the gateway; `undefined` when it cannot be reached, which the caller says to the agent in words. */
async function ask(method, body) {
  try {
    return await fetch("/desk/session", {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  } catch {
    return undefined;
  }
}

/** What is wrong, as a sentence; `undefined`: signed in. */
export async function signIn(apiKey, agent) {
  const answer = await ask("POST", { apiKey, ...(agent && { agent }) });
  if (answer?.ok) return undefined;
  const isProblem = answer?.headers.get("content-type")?.startsWith("application/problem+json");
  const problem = isProblem ? await answer.json() : undefined;
  return problem?.detail ?? "The gateway does not answer. Try again in a moment.";
}

export const signOut = () => ask("DELETE");

/** `unknown`: the gateway is away, which says nothing about the session. */
export async function sessionState() {
  const answer = await ask("GET");
  if (!answer) return "unknown";
  return answer.ok ? "open" : "over";
}
