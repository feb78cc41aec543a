// A caller's audio, read where it lies. Fifty of these frames come every second of every call, so the usual spelling is
// taken from the bytes of the socket straight to samples: no text, no objects, nothing for the collector. What is spelt
// otherwise takes the long way (`parse-stream-frame.ts`).

/** A frame of two seconds; carriers send 20 ms. */
const AUDIO_MAX_BYTES = 16_000;
/** A final text frame (RFC 6455 §5.2), masked, whose length takes two bytes: 126 to 65,535. */
const FINAL_TEXT = 0x81;
const MASKED_LENGTH_16 = 0xfe;
const HEADER_BYTES = 8;
const MASK_BYTES = 4;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const QUOTE = 0x22;
const NOUGHT = 0x30;
const EQUALS = 0x3d;
const BRACE = 0x7d;
const TO_SEQUENCE = bytesOf('{"event":"media","sequenceNumber":"');
const TO_CHUNK = bytesOf('","media":{"track":"inbound","chunk":"');
const TO_TIMESTAMP = bytesOf('","timestamp":"');
const TO_PAYLOAD = bytesOf('","payload":"');
const TO_STREAM = bytesOf('"},"streamSid":"');

/** No character of base64. */
const NONE = 0x80;
const SIX_BITS = new Uint8Array(256).fill(NONE);
bytesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").forEach((character, value) => {
  SIX_BITS[character] = value;
});
/** Letters, digits and the underscore. */
const IN_WORD = new Uint8Array(256);
bytesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_").forEach((character) => {
  IN_WORD[character] = 1;
});

/** Shared by all calls: what one frame holds, until the next one is read. */
const samples = new Uint8Array(AUDIO_MAX_BYTES);
/** What nearly every frame has; another length costs an object. */
const USUAL_BYTES = 160;
const usual = samples.subarray(0, USUAL_BYTES);

/** The frame that was read last. `audio` is borrowed: the next one is written over it. */
export const audioRead = { audio: usual, timestampMs: 0 };

/** The mask of the frame that is being read: the byte at `i` of the chunk is unmasked with `key[i & 3]`. */
const key = new Uint8Array(MASK_BYTES);
const unmasked = (chunk: Uint8Array, at: number): number => (chunk[at] ?? 0) ^ (key[at & 3] ?? 0);

/**
 * Reads the WebSocket frame that begins at `from` and ends before `to`, into `audioRead`. Answers where the next one begins; 0 when this one
 * is not a whole frame of the caller's audio in its usual spelling. The bytes stay as they are: each is unmasked where it
 * is looked at, so that one way through them is enough.
 */
export function readAudio(chunk: Uint8Array, from: number, to: number): number {
  const start = from + HEADER_BYTES;
  if (start > to || chunk[from] !== FINAL_TEXT || chunk[from + 1] !== MASKED_LENGTH_16) return 0;
  const end = start + (((chunk[from + 2] ?? 0) << 8) | (chunk[from + 3] ?? 0));
  if (end > to) return 0;
  // Four bytes lie in front of the text, and a text's byte has the place of the mask's that is four before it.
  for (let at = start - MASK_BYTES; at < start; at += 1) key[at & 3] = chunk[at] ?? 0;
  return readMedia(chunk, start, end) ? end : 0;
}

function readMedia(text: Uint8Array, start: number, end: number): boolean {
  const sequence = behind(text, start, TO_SEQUENCE);
  const chunk = behind(text, digitsEnd(text, sequence), TO_CHUNK);
  const timestamp = behind(text, digitsEnd(text, chunk), TO_TIMESTAMP);
  const timestampEnd = digitsEnd(text, timestamp);
  const payload = behind(text, timestampEnd, TO_PAYLOAD);
  if (payload === 0) return false;
  const payloadEnd = decode(text, payload, end);
  if (payloadEnd === 0 || !endsFrame(text, behind(text, payloadEnd, TO_STREAM), end)) return false;
  audioRead.timestampMs = numberIn(text, timestamp, timestampEnd);
  return true;
}

/** Where the text goes on behind `words`; 0: they are not at `at`, or `at` is 0. Reads nothing beyond the text. */
function behind(text: Uint8Array, at: number, words: Uint8Array): number {
  if (at === 0) return 0;
  for (let i = 0; i < words.length; i += 1) if (unmasked(text, at + i) !== words[i]) return 0;
  return at + words.length;
}

const isDigit = (character: number): boolean => character >= NOUGHT && character < NOUGHT + 10;

/** 12 digits are a call of 31 years. */
const DIGITS_MAX = 12;

/** Behind the digits at `at`; 0: there are none, or too many. */
function digitsEnd(text: Uint8Array, at: number): number {
  if (at === 0) return 0;
  let end = at;
  while (isDigit(unmasked(text, end)) && end - at <= DIGITS_MAX) end += 1;
  return end > at && end - at <= DIGITS_MAX ? end : 0;
}

function numberIn(text: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end; i += 1) value = value * 10 + (unmasked(text, i) - NOUGHT);
  return value;
}

/** One word, a quotation mark and a brace, and that is all. */
function endsFrame(text: Uint8Array, at: number, end: number): boolean {
  if (at === 0 || at + 2 >= end) return false;
  if (unmasked(text, end - 2) !== QUOTE || unmasked(text, end - 1) !== BRACE) return false;
  for (let i = at; i < end - 2; i += 1) if (IN_WORD[unmasked(text, i)] !== 1) return false;
  return true;
}

/** Decodes base64 from `at` on into `audioRead`. Answers where it ends; 0: it is none, or too much. */
function decode(text: Uint8Array, at: number, end: number): number {
  if (end - at > (AUDIO_MAX_BYTES / 3) * 4) return 0;
  const last = decodeGroups(text, at, end);
  const whole = ((last - at) / 4) * 3;
  const rest = unmasked(text, last) === QUOTE ? 0 : decodeEnd(text, last, whole);
  if (rest < 0) return 0;
  const bytes = whole + rest;
  audioRead.audio = bytes === USUAL_BYTES ? usual : samples.subarray(0, bytes);
  return rest === 0 ? last : last + 4;
}

/** Four characters are three bytes. Answers where the first four begin that are not. */
function decodeGroups(text: Uint8Array, at: number, end: number): number {
  // Four characters each time: the same of them meet the same bytes of the mask.
  const k0 = key[at & 3] ?? 0;
  const k1 = key[(at + 1) & 3] ?? 0;
  const k2 = key[(at + 2) & 3] ?? 0;
  const k3 = key[(at + 3) & 3] ?? 0;
  let from = at;
  for (let to = 0; from + 3 < end; from += 4, to += 3) {
    const a = SIX_BITS[(text[from] ?? 0) ^ k0] ?? NONE;
    const b = SIX_BITS[(text[from + 1] ?? 0) ^ k1] ?? NONE;
    const c = SIX_BITS[(text[from + 2] ?? 0) ^ k2] ?? NONE;
    const d = SIX_BITS[(text[from + 3] ?? 0) ^ k3] ?? NONE;
    if (((a | b | c | d) & NONE) !== 0) return from;
    samples[to] = (a << 2) | (b >> 4);
    samples[to + 1] = ((b & 15) << 4) | (c >> 2);
    samples[to + 2] = ((c & 3) << 6) | d;
  }
  return from;
}

/** The last four characters, of which one or two are padding: how many bytes they were; -1: they are not that. */
function decodeEnd(text: Uint8Array, from: number, to: number): number {
  const a = SIX_BITS[unmasked(text, from)] ?? NONE;
  const b = SIX_BITS[unmasked(text, from + 1)] ?? NONE;
  const c = SIX_BITS[unmasked(text, from + 2)] ?? NONE;
  if (((a | b) & NONE) !== 0 || unmasked(text, from + 3) !== EQUALS) return -1;
  samples[to] = (a << 2) | (b >> 4);
  if (unmasked(text, from + 2) === EQUALS) return 1;
  if (c === NONE) return -1;
  samples[to + 1] = ((b & 15) << 4) | (c >> 2);
  return 2;
}
