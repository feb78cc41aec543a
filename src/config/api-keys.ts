import { isRole, ROLES, type Role } from "../domain/roles.ts";

export type ApiKey = { readonly name: string; readonly role: Role; readonly secret: string };

/**
 * Reads `name:role:secret`, comma separated. A secret may contain colons, not commas. Problems name the key by its
 * place and name, never by its secret.
 */
export function parseApiKeys(raw: string): { readonly keys: ApiKey[]; readonly problems: string[] } {
  const keys: ApiKey[] = [];
  const problems: string[] = [];
  const entries = raw.split(",").map((entry) => entry.trim());
  for (const [index, entry] of entries.entries()) {
    if (entry === "") continue;
    const read = parseKey(entry, `key ${index + 1}`);
    if (typeof read === "string") problems.push(read);
    else if (keys.some((key) => key.secret === read.secret))
      problems.push(`key ${index + 1} (${read.name}) has the secret of another key: give each its own`);
    else keys.push(read);
  }
  return { keys, problems };
}

function parseKey(entry: string, place: string): ApiKey | string {
  const [name = "", role = "", ...rest] = entry.split(":");
  const secret = rest.join(":");
  // A name is only repeated in a message when it looks like one: a lone secret must not be printed.
  if (rest.length === 0 || secret === "") return `${place} is not of the form name:role:secret`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name))
    return `${place} has a name that is empty or has characters other than letters, digits and . _ @ -`;
  if (!isRole(role)) return `${place} (${name}) has an unknown role; the roles are ${ROLES.join(", ")}`;
  if (/[\s]/.test(secret)) return `${place} (${name}) has white space in its secret`;
  return { name, role, secret };
}
