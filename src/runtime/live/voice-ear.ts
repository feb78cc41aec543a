import { followVoice, NO_VOICE_YET, type VoiceHistory } from "../../scoring/voice/follow-voice.ts";
import {
  createVoiceMeter,
  endTurn,
  hear,
  ownAudioPlaying,
  talkFacts,
  type VoiceMeter,
} from "../../scoring/voice/voice-meter.ts";
import { NOBODY_HEARD } from "../../scoring/voice/talk-facts.ts";
import type { VoiceReading } from "../../scoring/turn-signals.ts";
import { BYTES_PER_MS } from "../../scoring/voice/mulaw-table.ts";

/** Measures the caller's own audio: whether they speak, for how long, and how they sound. Keeps no audio. */
export class VoiceEar {
  readonly #meter: VoiceMeter = createVoiceMeter();
  #history: VoiceHistory = NO_VOICE_YET;
  #ownAudio = false;
  #facts = NOBODY_HEARD;

  /** Milliseconds of speech in this frame. `ownAudio`: we are audible too, and our echo is not the caller. */
  frame(audio: Uint8Array, timestampMs: number, ownAudio: boolean): number {
    if (ownAudio !== this.#ownAudio) {
      this.#ownAudio = ownAudio;
      ownAudioPlaying(this.#meter, ownAudio);
    }
    hear(this.#meter, audio, timestampMs);
    return this.#meter.quietHops === 0 ? audio.length / BYTES_PER_MS : 0;
  }

  /** How the caller sounded since the last turn's end, and how their speech met ours and silence. */
  endTurn(): VoiceReading {
    const measured = endTurn(this.#meter);
    const { history, signals } = followVoice(this.#history, measured);
    this.#history = history;
    const facts = talkFacts(this.#meter);
    const before = this.#facts;
    this.#facts = facts;
    const longer = facts.longSilences > before.longSilences;
    return {
      arousal: signals.arousal,
      crying: signals.crying,
      interruptions: facts.bargeIns - before.bargeIns,
      longestSilenceMs: Math.max(measured.pauses.longestMs, longer ? facts.lastSilenceMs : 0),
    };
  }
}
