// The baseline: a bare `ws` relay. Every frame is passed on unread, both ways.
import { WebSocket, WebSocketServer } from "ws";

const [port = "0", model = ""] = process.argv.slice(2);
const server = new WebSocketServer({ port: Number(port), host: "127.0.0.1", perMessageDeflate: false });
server.on("listening", () => process.send?.({ ready: true }));
server.on("connection", (caller) => {
  const assistant = new WebSocket(model, { perMessageDeflate: false });
  caller.on("message", (data, binary) => {
    if (assistant.readyState === assistant.OPEN) assistant.send(data, { binary });
  });
  assistant.on("message", (data, binary) => caller.send(data, { binary }));
  caller.on("close", () => assistant.close());
  assistant.on("close", () => caller.close());
  assistant.on("error", (error) => process.stderr.write(`relay: ${error.message}\n`));
});
