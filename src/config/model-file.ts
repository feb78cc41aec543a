import { readFile } from "node:fs/promises";

/** The shipped weights of the text models: they belong to the program, not to an admin's configuration. */
const TEXT_MODELS = new URL("../../config/models/text.weights", import.meta.url);

/** The bytes of the shipped weights, for `parseTextModels`. Fails when the installation is incomplete. */
export const readTextModelFile = (): Promise<Uint8Array> => readFile(TEXT_MODELS);
