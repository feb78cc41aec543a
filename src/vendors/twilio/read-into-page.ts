// Node makes a buffer of 64 KiB for every read of a socket and cuts it down to what came: for fifty small frames a second
// of every call that is a tenth of what a bare relay of them costs. A socket can read into one buffer that stays instead:
// `onread`, a documented option of `new net.Socket` and `net.connect`, but not of the sockets that a server accepts
// (https://nodejs.org/docs/latest-v24.x/api/net.html). For those it is set here, where Node itself keeps it. This is the one
// place that goes by Node's inside; it is looked at first, and a Node that looks otherwise reads as ever.

import { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** More than a read ever brings: Node asks for as much. */
const PAGE_BYTES = 65_536;

/** All connections read into it: what came is taken before the next one reads (on Windows a read waits in its buffer). */
const page = Buffer.allocUnsafeSlow(PAGE_BYTES);
const SHARABLE = process.platform !== "win32";

/**
 * From now on what `raw` brings is told to `came`: so many `bytes` of `from`, which are borrowed until it returns. `raw`
 * emits no `data` any more; its end, its errors, `pause` and `resume` stay what they are.
 *
 * @returns false: this is no such socket, or something waits in it already; nothing was changed.
 */
export function readIntoPage(raw: Duplex, came: (from: Buffer, bytes: number) => void): boolean {
  if (!SHARABLE || Object.getPrototypeOf(raw) !== Socket.prototype || raw.readableLength > 0) return false;
  const keeps = (name: string): symbol | undefined =>
    Object.getOwnPropertySymbols(raw).find(
      (symbol) => symbol.description === name && Reflect.get(raw, symbol) === null,
    );
  const [buffer, callback, next] = [keeps("kBuffer"), keeps("kBufferCb"), keeps("kBufferGen")];
  const handle: unknown = Reflect.get(raw, "_handle");
  if (buffer === undefined || callback === undefined || next === undefined) return false;
  if (typeof handle !== "object" || handle === null || !("useUserBuffer" in handle)) return false;
  if (typeof handle.useUserBuffer !== "function") return false;
  Reflect.set(raw, buffer, page);
  Reflect.set(raw, callback, (bytes: number) => came(page, bytes));
  Reflect.apply(handle.useUserBuffer, handle, [page]);
  return true;
}
