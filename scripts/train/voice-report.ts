// Measures the voice cues on the shared speech and writes docs/voice.md.
//   node scripts/train/voice-report.ts [--data ../shared/data/speech] [--out docs/voice.md] [--json]
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadClips } from "./voice/corpus.ts";
import { voiceDocument } from "./voice/document.ts";
import { figuresOf } from "./voice/figures.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data/speech" },
    out: { type: "string", default: "docs/voice.md" },
    json: { type: "boolean", default: false },
  },
});

if (existsSync(join(values.data, "manifest.jsonl"))) {
  const figures = figuresOf(await loadClips(values.data));
  if (values.json) console.log(JSON.stringify(figures));
  else await writeFile(values.out, voiceDocument(figures));
} else {
  console.error(`no manifest.jsonl in ${values.data}: give the folder of the speech clips with --data`);
  process.exitCode = 1;
}
