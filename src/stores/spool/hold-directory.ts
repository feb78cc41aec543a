import { createHash } from "node:crypto";
import { once } from "node:events";
import { realpath, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../domain/fault.ts";

/**
 * Holds a directory for this process, so that no other one on this machine writes into the same spool. A process that
 * died holds nothing. Rejects with a `Fault` (blame `admin`) when another one lives in it; the result lets it go.
 */
export async function holdDirectory(dir: string): Promise<() => Promise<void>> {
  // A socket's path may be some hundred characters long; the directory's own may be longer.
  const name = createHash("sha256")
    .update(await realpath(dir))
    .digest("hex")
    .slice(0, 24);
  const path = join(tmpdir(), `warmline-${name}.sock`);
  if (await answers(path)) {
    throw new Fault("data-dir-in-use", {
      blame: "admin",
      retryable: false,
      message: `DATA_DIR ${dir} is in use by another gateway process: give every gateway on this machine its own`,
    });
  }
  await rm(path, { force: true });
  const server = createServer((socket) => socket.destroy());
  server.listen(path);
  await once(server, "listening");
  server.unref();
  return async () => {
    server.close();
    await once(server, "close");
  };
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false; // Nobody is there, or only what a dead process left.
  } finally {
    socket.destroy();
  }
}
