// A process for `embedded.test.ts` to kill: opens the embedded database, commits, says so, and waits.

import { openPostgres } from "../../../src/stores/postgres/open.ts";
import { callerState, commit, silentLog } from "../values.ts";

const stores = await openPostgres({ dataDir: process.argv[2] ?? "" }, silentLog);
for (let seq = 1; seq <= 50; seq += 1)
  await stores.journal.commit(commit("killed", seq, { state: callerState("killed") }));
process.stdout.write("committed\n");
