import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { createMemoryKeptAnswers } from "../../../src/stores/memory/kept-answers.ts";
import { conversationsContract } from "../../contracts/conversations.ts";
import { directoryContract } from "../../contracts/directory.ts";
import { journalContract } from "../../contracts/journal.ts";
import { keptAnswersContract } from "../../contracts/kept-answers.ts";

const close = async (): Promise<void> => undefined;

journalContract("memory", async () => ({ journal: createMemoryJournal(), close }));

conversationsContract("memory", async () => {
  const journal = createMemoryJournal();
  return { journal, conversations: createMemoryConversations((caseId) => journal.escalationsOf(caseId)), close };
});

directoryContract("memory", async () => ({ directory: createMemoryDirectory(), close }));

keptAnswersContract("memory", async () => ({ answers: createMemoryKeptAnswers(), close }));
