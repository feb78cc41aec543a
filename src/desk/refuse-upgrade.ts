import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "../telemetry/log.ts";

/** Answers a handshake with a problem document (RFC 9457) and ends the connection; one line in the log. */
export function refuseUpgrade(log: Log, socket: Duplex, { status, why }: { status: number; why: string }): void {
  log.warn({ door: "desk", status, reason: why }, "a handshake was refused");
  const title = STATUS_CODES[status] ?? "Refused";
  const body = JSON.stringify({ type: "about:blank", title, status, detail: why });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 401 ? ['WWW-Authenticate: Bearer realm="warmline"'] : []),
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
