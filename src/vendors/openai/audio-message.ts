// The caller's audio as one message of the Realtime API with its WebSocket frame, written in one pass: base64, and the mask
// that a client's frame has (RFC 6455 §5.3). It is sent more often than everything else together; made as a string and
// handed to `ws` it would be copied four times.
import { randomFillSync } from "node:crypto";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";

const FINAL_TEXT = 0x81;
const MASKED = 0x80;
/** Length in two bytes, or in eight: what follows the header's second byte says which. */
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const LENGTH_16_MAX = 65_535;
const MASK_BYTES = 4;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const OPENING = bytesOf('{"type":"input_audio_buffer.append","audio":"');
const CLOSING = bytesOf('"}');
const DIGITS = bytesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const PADDING = 0x3d;

/** Unpredictable bytes, used up four by four. */
const masks = Buffer.alloc(8_192);
let masksUsed = masks.length;

/** The message of 40 ms, and how many of its pages are kept: more than are written between two turns of the loop. */
const USUAL_BYTES = 483;
const SPARE_MAX = 512;
/** Where a message is written. It knows how it is given back, so that nothing has to be made for a write. */
class Page {
  readonly bytes: Buffer;

  constructor(bytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(bytes);
  }

  /** The socket has let go of it; one that broke may not have. */
  readonly release = (broken?: Error | null): void => {
    const again = !broken && this.bytes.length === USUAL_BYTES && spare.length < SPARE_MAX;
    if (again) spare.push(this);
  };
}
/** Pages that their sockets have let go of. */
const spare: Page[] = [];
/** Written and not sent yet: sockets, and each one's page at the same place. */
const sockets: Duplex[] = [];
const pages: Page[] = [];

/**
 * Sends audio on the connection of an open WebSocket, as its client. It leaves when what now runs is done, together with
 * what all other calls have to send (their audio is read together); `flushAudioMessages` sends it now, in front of another
 * message.
 */
export function sendAudioMessage(raw: Duplex, audio: Uint8Array): void {
  const payload = OPENING.length + Math.ceil(audio.length / 3) * 4 + CLOSING.length;
  const header = 2 + (payload < LENGTH_16 ? 0 : payload <= LENGTH_16_MAX ? 2 : 8) + MASK_BYTES;
  const bytes = header + payload;
  const page = (bytes === USUAL_BYTES ? spare.pop() : undefined) ?? new Page(bytes);
  writeHeader(page.bytes, payload, header);
  writePayload(page.bytes, audio, header);
  if (sockets.length === 0) process.nextTick(flushAudioMessages);
  sockets.push(raw);
  pages.push(page);
}

/** Sends what was written so far. */
export function flushAudioMessages(): void {
  for (const [at, raw] of sockets.entries()) {
    const page = pages[at];
    if (page === undefined || !raw.writable) continue;
    // TLS never says at once that a write is done. A plain socket does, nearly always, and its callback would cost a tick.
    if (raw instanceof TLSSocket) raw.write(page.bytes, page.release);
    else {
      raw.write(page.bytes);
      // With something still waiting for the network, the page is the socket's.
      if (raw.writableLength === 0) page.release();
    }
  }
  sockets.length = 0;
  pages.length = 0;
}

function writeHeader(page: Buffer, payload: number, header: number): void {
  page[0] = FINAL_TEXT;
  const long = payload > LENGTH_16_MAX;
  page[1] = MASKED | (payload < LENGTH_16 ? payload : long ? LENGTH_64 : LENGTH_16);
  if (long) page.writeBigUInt64BE(BigInt(payload), 2);
  else if (payload >= LENGTH_16) page.writeUInt16BE(payload, 2);
  if (masksUsed === masks.length) {
    randomFillSync(masks);
    masksUsed = 0;
  }
  for (let i = header - MASK_BYTES; i < header; i += 1, masksUsed += 1) page[i] = masks[masksUsed] ?? 0;
}

const digit = (value: number): number => DIGITS[value & 63] ?? 0;

function writePayload(frame: Buffer, audio: Uint8Array, start: number): void {
  const key = start - MASK_BYTES;
  let to = writeMasked(frame, OPENING, start, start);
  // Four characters each time: the same bytes of the mask meet the same of them.
  const turn = OPENING.length % MASK_BYTES;
  const k0 = frame[key + turn] ?? 0;
  const k1 = frame[key + ((turn + 1) % 4)] ?? 0;
  const k2 = frame[key + ((turn + 2) % 4)] ?? 0;
  const k3 = frame[key + ((turn + 3) % 4)] ?? 0;
  let from = 0;
  for (; from + 2 < audio.length; from += 3, to += 4) {
    const a = audio[from] ?? 0;
    const b = audio[from + 1] ?? 0;
    const c = audio[from + 2] ?? 0;
    frame[to] = digit(a >> 2) ^ k0;
    frame[to + 1] = digit((a << 4) | (b >> 4)) ^ k1;
    frame[to + 2] = digit((b << 2) | (c >> 6)) ^ k2;
    frame[to + 3] = digit(c) ^ k3;
  }
  if (from < audio.length) {
    const a = audio[from] ?? 0;
    const b = audio[from + 1];
    frame[to] = digit(a >> 2) ^ k0;
    frame[to + 1] = digit((a << 4) | ((b ?? 0) >> 4)) ^ k1;
    frame[to + 2] = (b === undefined ? PADDING : digit(b << 2)) ^ k2;
    frame[to + 3] = PADDING ^ k3;
    to += 4;
  }
  writeMasked(frame, CLOSING, to, start);
}

/** Writes `text` at `at` of a payload that begins at `start`. Answers where it ends. */
function writeMasked(frame: Uint8Array, text: Uint8Array, at: number, start: number): number {
  for (let i = 0; i < text.length; i += 1) {
    const key = start - MASK_BYTES + ((at + i - start) % MASK_BYTES);
    frame[at + i] = (text[i] ?? 0) ^ (frame[key] ?? 0);
  }
  return at + text.length;
}
