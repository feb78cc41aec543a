// The carrier sends 20 ms a frame; every message to the assistant costs a system call and a masked copy. Two frames go out
// as one. Base64 cannot simply be put end to end: 160 bytes end in padding, so both are decoded into one place and written
// out again.

/** 40 ms of μ-law: the longest that is put together (design: at most 40 ms are held back). */
export const JOINED_MAX_BYTES = 320;

/** Puts frames together, in order, byte for byte. At most one frame is held back, until the next one comes. */
export type AudioJoiner = {
  /** Takes one base64 payload; what is to be sent now, in order: none, one, or two payloads. */
  take(payload: string): readonly string[];
  /** What is held back; nothing is afterwards. */
  rest(): readonly string[];
};

const NOTHING: readonly string[] = [];
/** Shared by all calls: filled and emptied within one call of `take`. */
const scratch = Buffer.allocUnsafeSlow(JOINED_MAX_BYTES);

export function createAudioJoiner(): AudioJoiner {
  let held: string | undefined;
  const rest = (): readonly string[] => {
    const left = held === undefined ? NOTHING : [held];
    held = undefined;
    return left;
  };
  return {
    rest,
    take: (payload) => {
      const bytes = Buffer.byteLength(payload, "base64");
      if (bytes === 0) return NOTHING;
      if (bytes * 2 > JOINED_MAX_BYTES) return [...rest(), payload];
      if (held === undefined) {
        held = payload;
        return NOTHING;
      }
      const joined = join(held, payload);
      held = undefined;
      return [joined];
    },
  };
}

/** Both fit: each is at most half of the scratch. */
function join(first: string, second: string): string {
  const at = scratch.write(first, 0, "base64");
  const end = at + scratch.write(second, at, "base64");
  return scratch.toString("base64", 0, end);
}
