import type { CallId } from "../../domain/ids.ts";
import type { Log } from "../../telemetry/log.ts";

/** `silent`: digital silence, as of a muted microphone or a broken path. `clipped`: too loud for the line. */
export type LineSound = "sound" | "silent" | "clipped";

/** Watches what comes from one caller's line. */
export type LineWatch = { frame(audio: Uint8Array): void; close(): void };

/** One frame in this time is looked at: what is wrong with a line is wrong for longer. */
const EVERY_MS = 100;
/** Looks between two reports: 5 s. */
const REPORT = 50;
/** Looks in a row that found digital silence, after which the log says so: 10 s. */
const SILENT_FRAMES = 100;
/** Frames with sound before clipping is judged, and the share of them that is too much. */
const JUDGED_FRAMES = 50;
const CLIPPED_SHARE = 0.25;
/** Of one frame's samples. */
const CLIPPED_SAMPLES_SHARE = 0.05;
/** More of one frame is not looked at. */
const FRAME_MAX_BYTES = 1_600;
const BYTES_PER_SECOND = 8_000;
const EVERY_BYTES = (EVERY_MS * BYTES_PER_SECOND) / 1_000;

/** Counts silence and clipping, and says each once in the log. Keeps no audio. */
export function watchLine(parts: {
  readonly call: CallId;
  readonly log: Log;
  readonly heard: ((sound: LineSound, seconds: number) => void) | undefined;
}): LineWatch {
  const { call, log, heard } = parts;
  const seconds: Record<LineSound, number> = { sound: 0, silent: 0, clipped: 0 };
  const frames: Record<LineSound, number> = { sound: 0, silent: 0, clipped: 0 };
  let unseen = 0;
  let looks = 0;
  let silentInARow = 0;
  let saidSilent = false;
  let saidClipped = false;

  const report = (): void => {
    for (const sound of ["sound", "silent", "clipped"] as const) {
      if (seconds[sound] > 0) heard?.(sound, seconds[sound]);
      seconds[sound] = 0;
    }
  };
  const judge = (): void => {
    if (!saidSilent && silentInARow >= SILENT_FRAMES) {
      saidSilent = true;
      log.warn({ call, reason: "silent" }, "nothing but digital silence comes from the caller's line");
    }
    const loud = frames.sound + frames.clipped;
    if (!saidClipped && loud >= JUDGED_FRAMES && frames.clipped > loud * CLIPPED_SHARE) {
      saidClipped = true;
      log.warn({ call, reason: "clipped" }, "the caller's line is clipped: their words may not be understood");
    }
  };
  return {
    frame: (audio) => {
      unseen += audio.length;
      if (unseen < EVERY_BYTES) return;
      unseen = Math.min(unseen - EVERY_BYTES, EVERY_BYTES);
      looks += 1;
      const sound = soundOf(audio);
      seconds[sound] += Math.min(audio.length, FRAME_MAX_BYTES) / BYTES_PER_SECOND;
      frames[sound] += 1;
      silentInARow = sound === "silent" ? silentInARow + 1 : 0;
      judge();
      if (looks % REPORT === 0) report();
    },
    close: report,
  };
}

/** μ-law sends the magnitude inverted: 0x7f is zero, 0x00 the loudest; the first bit is the sign. */
const NEARLY_ZERO = 0x7e;
const NEARLY_FULL = 0x01;

function soundOf(frame: Uint8Array): LineSound {
  let loudest = 0x7f;
  let clipped = 0;
  const bytes = Math.min(frame.length, FRAME_MAX_BYTES);
  for (let i = 0; i < bytes; i++) {
    const magnitude = (frame[i] ?? 0xff) & 0x7f;
    if (magnitude < loudest) loudest = magnitude;
    if (magnitude <= NEARLY_FULL) clipped += 1;
  }
  if (loudest >= NEARLY_ZERO) return "silent";
  return clipped > bytes * CLIPPED_SAMPLES_SHARE ? "clipped" : "sound";
}
