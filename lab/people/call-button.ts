import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Place a call</title><style>body{font:1.1rem/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem}
button{font:inherit;padding:.6rem 1.4rem}</style><h1>A caller's phone</h1>
<p>Robin calls about a charge they do not recognise, and after a while asks for a person.</p>
<form method="post" action="/call"><button>Place a call</button></form></html>`;

/** A page with one button, and `POST /call` for programs: each press places one scripted call. */
export async function startCallButton(placeCall: () => void): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method === "POST" && request.url === "/call") {
      placeCall();
      response.writeHead(303, { Location: "/" }).end();
    } else if (request.method === "GET" && request.url === "/") {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(PAGE);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
