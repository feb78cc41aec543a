import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AgentId, QueueId } from "../../src/domain/ids.ts";
import type { AgentProfile, Directory } from "../../src/ports/directory.ts";

export type DirectoryUnderTest = { readonly directory: Directory; close(): Promise<void> };

const profile = (id: string, over: Partial<AgentProfile> = {}): AgentProfile => ({
  id: AgentId(id),
  name: `Agent ${id}`,
  skills: ["disputes"],
  queues: [QueueId("disputes")],
  languages: ["en"],
  device: { kind: "softphone", address: `client:${id}` },
  ...over,
});

/** What every implementation of `Directory` must do. `open` gives an empty one. */
export function directoryContract(name: string, open: () => Promise<DirectoryUnderTest>): void {
  describe(`directory on ${name}`, () => {
    let under: DirectoryUnderTest;
    let people: Directory;
    beforeEach(async () => {
      under = await open();
      people = under.directory;
    });
    afterEach(() => under.close());

    test("nobody is there at first", async () => {
      expect(await people.agents()).toEqual([]);
      expect(await people.agent(AgentId("dana"))).toBeUndefined();
    });

    test("agents come back as saved, in the order of their ids", async () => {
      const dana = profile("dana", { email: "dana@example.org", skills: [], languages: ["en", "de"] });
      await people.save(dana);
      await people.save(profile("Bob"));
      await people.save(profile("alice"));
      expect(await people.agent(AgentId("dana"))).toEqual(dana);
      expect((await people.agents()).map(({ id }) => id)).toEqual(["Bob", "alice", "dana"]);
    });

    test("saving again replaces", async () => {
      await people.save(profile("dana", { email: "dana@example.org" }));
      await people.save(profile("dana", { name: "Dana D." }));
      expect(await people.agent(AgentId("dana"))).toEqual(profile("dana", { name: "Dana D." }));
      expect(await people.agents()).toHaveLength(1);
    });

    test("a removed agent is gone, and removing says whether there was one", async () => {
      await people.save(profile("dana"));
      expect(await people.remove(AgentId("dana"))).toBe(true);
      expect(await people.remove(AgentId("dana"))).toBe(false);
      expect(await people.agents()).toEqual([]);
    });
  });
}
