import { existsSync, readFileSync } from "node:fs";

/** Who can be heard in the lab; each has a voice of their own. `carrier` is the voice of Twilio's `<Say>`. */
export type Speaker = "caller" | "assistant" | "agent" | "carrier";

/** A line of `lab/clips/lines.json`: what one speaker can say with a recorded voice. */
export type Line = { id: string; speaker: Speaker; text: string };

/** A recorded line: headerless μ-law, 8 kHz, without silence around it. */
export type Clip = Line & { audio: Uint8Array };

const folder = new URL("../clips/", import.meta.url);

let loaded: readonly Clip[] | undefined;

/** Every recorded line, in the order of `lines.json`. Throws when a clip was not made: run `npm run clips`. */
export function clips(): readonly Clip[] {
  loaded ??= lines().map((line) => ({ ...line, audio: readClip(line.id) }));
  return loaded;
}

/** The recorded line with this id. Throws for an id that `lines.json` does not have. */
export function clip(id: string): Clip {
  const found = clips().find((each) => each.id === id);
  if (!found) throw new Error(`no clip "${id}" in lab/clips/lines.json`);
  return found;
}

/** The recording of this sentence by this speaker, if there is one. Case and outer spaces do not matter. */
export function clipFor(speaker: Speaker, text: string): Clip | undefined {
  const wanted = plain(text);
  return clips().find((each) => each.speaker === speaker && plain(each.text) === wanted);
}

/** The lines to be recorded, as listed in `lines.json`. */
export function lines(): Line[] {
  return JSON.parse(readFileSync(new URL("lines.json", folder), "utf8")) as Line[];
}

/** Where the recording of a line lives. */
export function clipFile(id: string): URL {
  return new URL(`${id}.ulaw`, folder);
}

function readClip(id: string): Uint8Array {
  const file = clipFile(id);
  if (!existsSync(file)) throw new Error(`the clip ${id}.ulaw is missing: run "npm run clips"`);
  return readFileSync(file);
}

function plain(text: string): string {
  return text.trim().replaceAll("’", "'").replaceAll(/\s+/g, " ").toLowerCase();
}
