// npm run config -- validate [dir] | schema
// Routing configuration without a server: the gateway's own loader, so what passes here starts there.
import { z } from "zod";
import { assistantsSchema } from "../src/config/assistants-schema.ts";
import { environment } from "../src/config/environment.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { messagesSchema } from "../src/config/messages-schema.ts";
import { routingSchema } from "../src/config/routing-schema.ts";
import { loadTriggers, triggersSchema } from "../src/config/trigger-policy.ts";
import { type Command, readCommandLine, refuse } from "./command-line.ts";

const COMMAND: Command = {
  name: "npm run config",
  usage: `-- validate [dir] | schema
  validate  reads the configuration as a gateway does at its start and lists everything that is wrong;
            dir is CONFIG_DIR, else config
  schema    prints the JSON Schemas of the settings and of each file`,
};
const { positionals } = readCommandLine(COMMAND, { allowPositionals: true });
const [command, dir = process.env["CONFIG_DIR"] || "config", ...more] = positionals;
if (more.length > 0) refuse(COMMAND, `one directory at a time; ${more.join(" ")} is too much`);

if (command === "validate") process.exitCode = await validate(dir);
else if (command === "schema") console.log(JSON.stringify(schemas(), null, 2));
else if (command === undefined) refuse(COMMAND, "validate or schema? What to do is missing");
else refuse(COMMAND, `there is no command ${command}`);

async function validate(path: string): Promise<number> {
  const variables = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith("TOOLS_") && value ? [[name, value] as const] : [],
    ),
  );
  const [answer, triggers] = await Promise.all([loadConfig(path, variables), loadTriggers(path)]);
  if (!answer.ok || !triggers.ok) {
    const problems = [answer, triggers].flatMap((read) => (read.ok ? [] : read.problems));
    for (const problem of problems) console.error(problem);
    console.error(`${problems.length} problem${problems.length === 1 ? "" : "s"} in ${path}`);
    return 1;
  }
  for (const note of answer.notes) console.log(`note: ${note}`);
  const { routing, messages, assistants, revision } = answer.config;
  console.log(
    `${path} is valid: revision ${revision}; ${count(routing.queues, "queues")}, ${count(routing.numbers, "numbers")}, ` +
      `${messages.size} languages, ${count(assistants.assistants, "assistants")}, ${count(assistants.tools, "tools on")}; ` +
      `triggers ${triggers.triggers.revision}`,
  );
  return 0;
}

function schemas(): Record<string, unknown> {
  return {
    environment: json(environment),
    "routing.yaml": json(routingSchema),
    "triggers.yaml": json(triggersSchema),
    "assistants.yaml": json(assistantsSchema),
    "messages/<language>.yaml": json(messagesSchema),
  };
}

function count(things: object, one: string): string {
  return `${Object.keys(things).length} ${one}`;
}

function json(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}
