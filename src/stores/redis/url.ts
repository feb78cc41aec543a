type Host = { host: string; port: number };
type Login = { username?: string; password?: string; tls?: { servername?: string } };

/** What `REDIS_URL` may say. */
export type RedisPlace =
  | { readonly kind: "single"; readonly options: Login & Host & { db?: number } }
  | {
      readonly kind: "sentinel";
      readonly options: Login & { sentinels: Host[]; name: string; db?: number; enableTLSForSentinelMode?: boolean };
    }
  | { readonly kind: "cluster"; readonly nodes: Host[]; readonly options: Login };

const FORMS =
  "redis://[user:password@]host[:6379][/db], rediss://… (TLS), redis+sentinel://[user:password@]host[:26379],host…/master-name[/db], redis+cluster://[user:password@]host[:6379],host… (rediss+sentinel, rediss+cluster for TLS)";

/**
 * Reads a Redis address:
 * - `redis://` and `rediss://`: one server, managed ones included;
 * - `redis+sentinel://…/master-name`: ask these Sentinels who the master is, now and after each failover;
 * - `redis+cluster://`: these are some nodes of a Cluster.
 * Throws an `Error` that names the forms, and never the password.
 */
export function readRedisUrl(text: string): RedisPlace {
  const parts = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^/@]+)(?:\/(.*))?$/.exec(text.trim());
  const [, scheme, mode, login = "", hosts = "", path = ""] = parts ?? [];
  if (scheme === undefined) throw new Error(`REDIS_URL is not an address this gateway knows: write ${FORMS}`);
  const base: Login = { ...readLogin(login), ...(scheme === "rediss" && { tls: {} }) };
  if (mode === "cluster") return { kind: "cluster", nodes: readHosts(hosts, 6379), options: base };
  const [first = "", second = ""] = path.split("/");
  if (mode === "sentinel") {
    if (first === "") throw new Error(`REDIS_URL names no Sentinel master: write ${FORMS}`);
    const sentinel = {
      sentinels: readHosts(hosts, 26379),
      name: first,
      ...(base.tls && { enableTLSForSentinelMode: true }),
    };
    return { kind: "sentinel", options: { ...base, ...sentinel, ...readDb(second) } };
  }
  const [node, ...more] = readHosts(hosts, 6379);
  if (!node || more.length > 0) throw new Error(`REDIS_URL must name one host: write ${FORMS}`);
  return { kind: "single", options: { ...base, ...node, ...readDb(first) } };
}

function readLogin(login: string): Login {
  if (login === "") return {};
  const colon = login.indexOf(":");
  const username = decodeURIComponent(colon < 0 ? login : login.slice(0, colon));
  const password = colon < 0 ? "" : decodeURIComponent(login.slice(colon + 1));
  return { ...(username !== "" && { username }), ...(password !== "" && { password }) };
}

function readDb(text: string): { db?: number } {
  if (text === "") return {};
  if (!/^\d{1,4}$/.test(text)) throw new Error(`REDIS_URL: "${text}" is not a database number: write ${FORMS}`);
  return { db: Number(text) };
}

function readHosts(hosts: string, defaultPort: number): Host[] {
  return hosts.split(",").map((one) => {
    const [, v6, name, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(one.trim()) ?? [];
    const host = v6 ?? name;
    if (host === undefined) throw new Error(`REDIS_URL: "${one}" is not a host: write ${FORMS}`);
    return { host, port: port === undefined ? defaultPort : Number(port) };
  });
}
