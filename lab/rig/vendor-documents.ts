// The TwiML of a vendor's own carrier account, for the numbers it hosts.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type VendorDocuments = { readonly voiceUrl: string; close(): Promise<void> };

/** `verbsFor`: what a call does at this path; callers come in at `/voice`. */
export async function serveDocuments(verbsFor: (path: string) => string): Promise<VendorDocuments> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(`<?xml version="1.0" encoding="UTF-8"?><Response>${verbsFor(request.url ?? "")}</Response>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    voiceUrl: `http://127.0.0.1:${port}/voice`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
