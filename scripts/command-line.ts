import { parseArgs, type ParseArgsConfig } from "node:util";

export type Command = {
  /** As it is called: `npm run demo`. */
  readonly name: string;
  /** What may follow it, one line an option. */
  readonly usage: string;
};

/** Reads the command line. `--help` prints the usage and ends with 0; what is wrong is named above it and ends with 2. */
export function readCommandLine<T extends ParseArgsConfig>(command: Command, config: T) {
  const given = process.argv.slice(2);
  if (given.includes("--help") || given.includes("-h")) {
    console.log(usageOf(command));
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    const isTheirs = error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!isTheirs) throw error;
    // Node's second sentence is about its own way of calling, not npm's.
    return refuse(command, error.message.split(/\. /u)[0] ?? error.message);
  }
}

/** Says what is wrong with the command line and how it goes, and ends with 2. */
export function refuse(command: Command, why: string): never {
  console.error(`${command.name}: ${why.replace(/\.$/u, "")}\n\n${usageOf(command)}`);
  process.exit(2);
}

const usageOf = ({ name, usage }: Command): string => `usage: ${name} ${usage}`;
