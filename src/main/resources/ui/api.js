// What the page asks its server. The token came behind # in the address, which a browser sends to nobody; it is kept for this tab only.

const KEY = "kubesent-token";

export function takeToken() {
  const given = /^#token=([\w-]+)$/.exec(location.hash);
  if (given) {
    sessionStorage.setItem(KEY, given[1]);
    history.replaceState(null, "", "#/");
  }
}

/** What went wrong, in words for a person. */
export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function overview() {
  return ask("GET", "incidents");
}

export function incident(namespace, name) {
  return ask("GET", path(namespace, name));
}

export function approve(namespace, name, fingerprint) {
  return ask("POST", `${path(namespace, name)}/approve`, { fingerprint });
}

export function reject(namespace, name, because) {
  return ask("POST", `${path(namespace, name)}/reject`, { because });
}

function path(namespace, name) {
  return `incidents/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
}

async function ask(method, what, body) {
  const headers = { "x-kubesent-token": sessionStorage.getItem(KEY) ?? "" };
  const options = { method, headers, cache: "no-store", credentials: "omit", redirect: "error", signal: AbortSignal.timeout(30000) };
  if (body) {
    headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(`/ui/api/${what}`, options);
  } catch {
    throw new Problem(0, "KubeSent's page server does not answer. Is it still running in its terminal?");
  }
  const answer = await response.json().catch(() => ({ problem: `The server answered with ${response.status} and no words.` }));
  if (!response.ok) {
    throw new Problem(response.status, answer.problem);
  }
  return answer;
}
