import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, glob, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

// Real servers for the tests that need them, each with its own port and directory, ended by its own pid.

export type Server = {
  readonly url: string;
  readonly port: number;
  readonly pid: () => number;
  /** Ends the process; its data stay for `start`. `SIGKILL`: as when the machine dies. */
  end(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it for good and removes its directory. */
  stop(): Promise<void>;
};

const started = new Set<ChildProcess>();
process.once("exit", () => started.forEach((child) => child.kill("SIGKILL")));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port was given");
  return address.port;
}

/** The program's path, or an error that says how it would come. */
async function findProgram(name: string, places: readonly string[]): Promise<string> {
  const newestFirst: string[] = [];
  for (const place of places) newestFirst.push(...(await Array.fromAsync(glob(place))));
  newestFirst.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const found = [...(process.env["PATH"] ?? "").split(delimiter), ...newestFirst]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed: run "npm run setup", which installs it`);
  return found;
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
  started.delete(child);
}

/** Resolves when the child prints `sign`; rejects with what it printed when it ends before. */
async function says(child: ChildProcess, sign: string): Promise<void> {
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (printed.includes(sign)) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}:\n${printed}`)));
  });
}

async function serve(about: {
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  readonly launch: () => ChildProcess;
  readonly sign: string;
  readonly stopSignal: NodeJS.Signals;
}): Promise<Server> {
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = about.launch();
    started.add(child);
    await says(child, about.sign);
  };
  const end = async (signal: NodeJS.Signals = about.stopSignal): Promise<void> => {
    if (child) await endProcess(child, signal);
  };
  await start();
  return {
    url: about.url,
    port: about.port,
    pid: () => child?.pid ?? -1,
    start,
    end,
    stop: async () => {
      await end();
      await rm(about.directory, { recursive: true, force: true });
    },
  };
}

/** A Redis without persistence. `args`: more of its command line, as `--cluster-enabled yes`. */
export async function startRedis(args: readonly string[] = []): Promise<Server> {
  const program = await findProgram("redis-server", []);
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), "warmline-redis-"));
  const own = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "no"];
  return serve({
    url: `redis://127.0.0.1:${port}`,
    port,
    directory,
    launch: () => spawn(program, [...own, ...args], { stdio: ["ignore", "pipe", "pipe"] }),
    sign: "Ready to accept connections",
    stopSignal: "SIGKILL",
  });
}

/** A Cluster of one node that has every slot: keys of one operation must share a slot all the same. */
export async function startRedisCluster(): Promise<Server> {
  const server = await startRedis(["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"]);
  await redisCommand(server, "CLUSTER ADDSLOTSRANGE 0 16383");
  while ((await redisCommand(server, "SET ready 1")) !== "+OK") await new Promise((resolve) => setTimeout(resolve, 20));
  return { ...server, url: `redis+cluster://127.0.0.1:${server.port}` };
}

/** A replica that has all of `master`, for a Sentinel to promote. */
export async function startReplica(master: Server): Promise<Server> {
  const replica = await startRedis(["--replicaof", "127.0.0.1", `${master.port}`, "--repl-diskless-sync-delay", "0"]);
  while (!(await redisCommand(replica, "INFO replication", /master_link_status:\w+/u)).endsWith(":up")) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return replica;
}

/**
 * A Sentinel that watches `master` under the name `main`, and the replicas it has by then. It alone decides; a master
 * that is silent for `downAfterMs` is replaced.
 */
export async function startSentinel(master: Server, downAfterMs = 30_000): Promise<Server> {
  const program = await findProgram("redis-server", []);
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), "warmline-sentinel-"));
  const file = join(directory, "sentinel.conf");
  await writeFile(
    file,
    `port ${port}\nbind 127.0.0.1\ndir ${directory}\nsentinel monitor main 127.0.0.1 ${master.port} 1\n` +
      `sentinel down-after-milliseconds main ${downAfterMs}\nsentinel failover-timeout main 10000\n`,
  );
  return serve({
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    port,
    directory,
    launch: () => spawn(program, [file, "--sentinel"], { stdio: ["ignore", "pipe", "pipe"] }),
    sign: "+monitor master main",
    stopSignal: "SIGKILL",
  });
}

/** Postgres refuses to run as root: then it runs as the `postgres` user that its package made. */
async function unprivileged(): Promise<{ readonly uid?: number; readonly gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const row = (await readFile("/etc/passwd", "utf8")).split("\n").find((line) => line.startsWith("postgres:"));
  const [, , uid, gid] = row?.split(":") ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error('there is no user "postgres" to run the server as: run "npm run setup", which installs Postgres');
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** `durable: true` for benchmarks: commits reach the disk, as in production. */
export async function startPostgres({ durable = false }: { readonly durable?: boolean } = {}): Promise<Server> {
  const places = ["/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin"];
  const [initdb, postgres] = [await findProgram("initdb", places), await findProgram("postgres", places)];
  const user = await unprivileged();
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), "warmline-postgres-"));
  if (user.uid !== undefined && user.gid !== undefined) await chown(directory, user.uid, user.gid);
  const options = {
    ...user,
    cwd: directory,
    env: { ...process.env, TZ: "UTC" },
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
  };
  const data = join(directory, "data");
  const made = spawn(
    initdb,
    ["-D", data, "-U", "warmline", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
    options,
  );
  const [code] = (await once(made, "exit")) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${String(made.stderr.read())}`);
  const args = ["-D", data, "-k", directory, "-p", `${port}`, "-c", "listen_addresses=127.0.0.1"];
  if (!durable) args.push("-c", "fsync=off");
  return serve({
    url: `postgres://warmline@127.0.0.1:${port}/postgres`,
    port,
    directory,
    launch: () => spawn(postgres, args, options),
    sign: "database system is ready to accept connections",
    stopSignal: "SIGINT",
  });
}

/**
 * Sends one inline command and answers the first line, or what fits of the whole answer: enough to set a server up
 * without a client.
 */
async function redisCommand(server: Server, command: string, wanted = /[^\r\n]*/u): Promise<string> {
  const socket = createConnection(server.port, "127.0.0.1");
  socket.write(`${command}\r\n`);
  const [data] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return wanted.exec(data.toString())?.[0] ?? "";
}
