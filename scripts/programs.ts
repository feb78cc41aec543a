import { accessSync, constants, globSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program the tests need beyond what npm installs. */
export type Program = {
  readonly what: string;
  readonly names: readonly string[];
  /** Debian's package. */
  readonly debian: string;
  /** For people on other systems. */
  readonly elsewhere: string;
  /** Folders besides PATH, as globs. */
  readonly folders: readonly string[];
};

export const programs: readonly Program[] = [
  {
    what: "Redis server",
    names: ["redis-server"],
    debian: "redis-server",
    elsewhere: "brew install redis, or your system's package of Redis 7 or later",
    folders: [],
  },
  {
    what: "Postgres server",
    names: ["initdb"],
    debian: "postgresql",
    elsewhere: "brew install postgresql, or your system's package of Postgres 15 or later",
    folders: ["/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin"],
  },
  {
    what: "Chromium",
    names: ["chromium", "chromium-browser", "google-chrome"],
    debian: "chromium",
    elsewhere: "any Chromium or Chrome on the PATH",
    folders: ["/Applications/Google Chrome.app/Contents/MacOS", "/Applications/Chromium.app/Contents/MacOS"],
  },
];

/** The program's full path; `undefined`: it is not on this machine. */
export function findProgram({ names, folders }: Program): string | undefined {
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const places = [...path, ...folders.flatMap((folder) => globSync(folder))];
  return places.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: the same to us.
  }
}
