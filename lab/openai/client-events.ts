/** The events a voice session accepts from its client. */
export const CLIENT_EVENTS = [
  "session.update",
  "input_audio_buffer.append",
  "input_audio_buffer.commit",
  "input_audio_buffer.clear",
  "conversation.item.create",
  "conversation.item.retrieve",
  "conversation.item.delete",
  "conversation.item.truncate",
  "response.create",
  "response.cancel",
  "output_audio_buffer.clear",
] as const;

export type ClientEventType = (typeof CLIENT_EVENTS)[number];

export function isClientEvent(type: unknown): type is ClientEventType {
  return CLIENT_EVENTS.some((each) => each === type);
}
