import { sessionState } from "./session.js";

const SUBPROTOCOL = "warmline.desk.v1";
/** The first tries fit into the five seconds in which nobody else sees that we are gone. */
const RETRY_MS = [150, 400, 800, 1_500, 3_000, 5_000];

/**
 * The desk's socket: comes back by itself. `heard` gets every frame, `up` and `down` say whether it is there;
 * `refused` is called when the session is over.
 */
export function openSocket({ heard, down, refused }) {
  let socket;
  let tries = 0;
  let closed = false;
  let timer;

  const connect = () => {
    const address = new URL("/desk/socket", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address, SUBPROTOCOL);
    socket.addEventListener("message", ({ data }) => {
      tries = 0;
      heard(JSON.parse(data));
    });
    socket.addEventListener("close", () => void lost());
  };

  const lost = async () => {
    if (closed) return;
    down();
    const wait = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)];
    tries += 1;
    // A handshake tells a page nothing: whether the session is still good has to be asked, again and again: at first there
    // may be nobody who knows.
    if (tries >= 3 && (await sessionState()) === "over") refused();
    else timer = setTimeout(connect, wait);
  };

  connect();
  return {
    send(frame) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}
