import { fileURLToPath } from "node:url";

/** The project's root, where commands are run. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
