/** Who does what the caller did not. */
export const THIEF =
  "(?:someone|somebody|some one|a thief|thieves|hackers?|a hacker|criminals?|scammers?|a scammer|people|another person|someone else|somebody else|they|some guy|he|she)";
