// What a hosted model is told through `additional_context`: it sees these words with its next generation.

/** A fixed sentence; the model is asked for it word for word, and may still say it otherwise. */
export const sayExactly = (text: string): string =>
  `Say exactly this to the caller now, and nothing else: ${JSON.stringify(text)}`;

export const inform = (text: string): string => `For your information, do not speak of it by yourself: ${text}`;

/** Takes the place of earlier ones of its kind. */
export const standingOrder = (instructions: string): string =>
  `From now on, and in place of what was said here before:\n${instructions}`;
