import { OWN_TOOLS, type AssistantsFile } from "./assistants-schema.ts";
import type { Routing } from "./routing-schema.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Names that one part of the configuration uses and another must define; all that do not match. */
export function checkReferences(
  routing: YamlSource<Routing>,
  assistants: YamlSource<AssistantsFile>,
  languages: readonly string[],
): string[] {
  return [
    ...queueProblems(routing),
    ...numberProblems(routing, assistants.value, languages),
    ...assistantProblems(assistants),
    ...(languages.includes("en") ? [] : ["messages/en.yaml: missing; every other language falls back to it"]),
    ...(routing.value.regions["default"]
      ? []
      : [`${routing.place(["regions"])}: there must be a region named default`]),
  ];
}

const known = (names: readonly string[]): string =>
  names.length === 0 ? "none is defined" : `known: ${names.join(", ")}`;

function queueProblems({ value, place }: YamlSource<Routing>): string[] {
  const spokenFor = new Map<string, string>();
  return Object.entries(value.queues).flatMap(([queue, setup]) => {
    const at = ["queues", queue];
    const problems = setup.skills.flatMap((skill, index) =>
      value.skills.includes(skill)
        ? []
        : [
            `${place([...at, "skills", index])}: queue ${queue} asks for the skill ${skill}, which no agent can have; ` +
              `add it to skills or correct it (${known(value.skills)})`,
          ],
    );
    if (setup.team["en"] === undefined)
      problems.push(`${place([...at, "team"])}: queue ${queue} has no English team name`);
    for (const name of [queue, ...Object.values(setup.team), ...setup.also].map((raw) => raw.toLowerCase())) {
      const other = spokenFor.get(name);
      if (other !== undefined && other !== queue)
        problems.push(
          `${place([...at, "also"])}: queues ${other} and ${queue} are both called "${name}": give one another name`,
        );
      spokenFor.set(name, queue);
    }
    return problems;
  });
}

function numberProblems(
  { value, place }: YamlSource<Routing>,
  { assistants }: AssistantsFile,
  languages: readonly string[],
): string[] {
  return Object.entries(value.numbers).flatMap(([number, setup]) => {
    const must = (field: "queue" | "assistant" | "language" | "region", names: readonly string[]): string[] => {
      const used = setup[field];
      if (used === undefined || names.includes(used)) return [];
      return [
        `${place(["numbers", number, field])}: number ${number} uses the ${field} ${used}, which does not exist (${known(names)})`,
      ];
    };
    const forward = (setup.mode ?? value.numbers["default"]?.mode) === "forward" && setup.forwardTo === undefined;
    return [
      ...must("queue", Object.keys(value.queues)),
      ...must("assistant", Object.keys(assistants)),
      ...must("language", languages),
      ...must("region", Object.keys(value.regions)),
      ...(forward
        ? [`${place(["numbers", number])}: number ${number} has mode forward and no forwardTo: say where its calls go`]
        : []),
    ];
  });
}

function assistantProblems({ value, place }: YamlSource<AssistantsFile>): string[] {
  const tools = Object.keys(value.tools);
  const taken: readonly string[] = OWN_TOOLS;
  return [
    ...Object.entries(value.assistants).flatMap(([assistant, setup]) =>
      setup.tools.flatMap((tool, index) =>
        tools.includes(tool)
          ? []
          : [
              `${place(["assistants", assistant, "tools", index])}: assistant ${assistant} uses the tool ${tool}, ` +
                `which does not exist (${known(tools)})`,
            ],
      ),
    ),
    ...Object.entries(value.assistants).flatMap(([assistant, { identify }]) =>
      identify === undefined || tools.includes(identify)
        ? []
        : [
            `${place(["assistants", assistant, "identify"])}: assistant ${assistant} identifies callers with the tool ` +
              `${identify}, which does not exist (${known(tools)})`,
          ],
    ),
    ...Object.entries(value.assistants).flatMap(([assistant, { vendor, vapi, retell }]) => {
      const missing =
        vendor === "vapi" && vapi?.sipUri === undefined
          ? "vapi.assistantId and vapi.sipUri"
          : vendor === "vapi-websocket" && vapi === undefined
            ? "vapi.assistantId"
            : vendor.startsWith("retell") && retell === undefined
              ? "retell.agentId"
              : undefined;
      return missing === undefined
        ? []
        : [
            `${place(["assistants", assistant, "vendor"])}: assistant ${assistant} has vendor ${vendor}: give ${missing}`,
          ];
    }),
    ...tools
      .filter((tool) => taken.includes(tool))
      .map((tool) => `${place(["tools", tool])}: ${tool} is a tool of the gateway itself: choose another name`),
  ];
}
