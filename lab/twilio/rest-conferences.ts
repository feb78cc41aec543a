import type { Carrier } from "./carrier.ts";
import type { Conference } from "./conference.ts";
import { playAnnouncement } from "./ambient.ts";
import { httpMethod, listPage, one, restDate, RestError, type Route } from "./rest-answer.ts";
import type { Seat } from "./seat.ts";

/** `/Conferences`: list, fetch, update. */
export function conferenceRoutes(carrier: Carrier): Route[] {
  return [
    {
      method: "GET",
      path: /^\/Conferences\.json$/,
      known: [],
      perform: ({ query, path }) => {
        const name = query.get("FriendlyName");
        // The list's default since 2026-09-30.
        const status = query.get("Status") ?? "in-progress";
        const found = [...carrier.conferences.values()].filter(
          (room) => (name === null || room.friendlyName === name) && room.status === status,
        );
        return listPage(
          { path, query },
          "conferences",
          found.toReversed().map((room) => conferenceResource(carrier, room)),
        );
      },
    },
    {
      method: "GET",
      path: /^\/Conferences\/([^/]+)\.json$/,
      known: [],
      perform: ({ path }, part) => ({
        status: 200,
        body: conferenceResource(carrier, findConference(carrier, part(1), path)),
      }),
    },
    {
      method: "POST",
      path: /^\/Conferences\/([^/]+)\.json$/,
      known: ["Status", "AnnounceUrl", "AnnounceMethod"],
      perform: ({ params, path }, part) => {
        const room = findConference(carrier, part(1), path);
        if (one(params, "Status") === "completed") room.end("conference-ended-via-api");
        const url = one(params, "AnnounceUrl");
        if (url !== undefined && url !== "") {
          const source = { url, method: httpMethod(params, "AnnounceMethod") };
          for (const seat of room.seats.values()) void announce(carrier, room, { seat, source, whole: true });
        }
        return { status: 200, body: conferenceResource(carrier, room) };
      },
    },
  ];
}

/** The room of that SID. A name is refused: only creating a participant takes one. */
export function findConference(carrier: Carrier, sid: string, path: string): Conference {
  const room = carrier.conferences.get(sid);
  if (room === undefined) throw new RestError(404, 20_404, `The requested resource ${path} was not found`);
  return room;
}

/** Plays an announcement to one participant, and reports its end once per announcement. */
export async function announce(
  carrier: Carrier,
  room: Conference,
  what: { seat: Seat; source: { url: string; method: "GET" | "POST" }; whole: boolean },
): Promise<void> {
  const { seat, source, whole } = what;
  const stop = new AbortController();
  void seat.left.then(() => stop.abort());
  const isReporter = !whole || room.seats.values().next().value === seat;
  const ambient = { call: seat.call, mouth: seat.notices, source, signal: stop.signal };
  const failure = await playAnnouncement(carrier, ambient);
  if (!isReporter) return;
  const reason = failure === undefined ? {} : { ReasonAnnouncementFailed: failure };
  const event = failure === undefined ? "announcement-end" : "announcement-fail";
  room.emit(event, whole ? undefined : seat, { AnnounceUrl: source.url, ...reason });
}

/** The Conference resource. */
export function conferenceResource(carrier: Carrier, room: Conference): object {
  const uri = `/2010-04-01/Accounts/${carrier.accountSid}/Conferences/${room.sid}`;
  return {
    account_sid: carrier.accountSid,
    api_version: "2010-04-01",
    call_sid_ending_conference: room.endedBySid ?? null,
    date_created: restDate(room.createdAt),
    date_updated: restDate(room.updatedAt),
    friendly_name: room.friendlyName,
    reason_conference_ended: room.endedBecause ?? null,
    region: room.region,
    sid: room.sid,
    status: room.status,
    uri: `${uri}.json`,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
  };
}
