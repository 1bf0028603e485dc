// What a desk does in a day, with openapi-fetch and the types that openapi-typescript generates.
//
// usage: node openapi_fetch.ts ADDRESS KEY

import createClient from "openapi-fetch";
import type { paths, Statement, StatementIn } from "./counterclaim.d.ts";

const [address, key] = process.argv.slice(2);
const client = createClient<paths, "application/json" | "application/problem+json">({
  baseUrl: address,
  headers: { Authorization: `Bearer ${key}` },
});

async function* pages(): AsyncGenerator<Statement[]> {
  let cursor: string | undefined;
  do {
    const { data } = await client.GET("/v1/statements", { params: { query: { limit: 7, cursor } } });
    yield data!.items;
    cursor = data!.next ? new URL(data!.next, address).searchParams.get("cursor")! : undefined;
  } while (cursor);
}

const listed: number[] = [];
for await (const items of pages()) listed.push(items.length);

const claim: StatementIn = {
  kind: "claim",
  text: "Ukraine is ready to cede territory",
  speaker: { name: "A senior official", kind: "unnamed" },
  said_on: "2025-12-11",
};
const { data: made } = await client.POST("/v1/statements", {
  params: { header: { "Idempotency-Key": "desk-1" } },
  body: claim,
});

const path = { id: made!.id! };
const read = await client.GET("/v1/statements/{id}", { params: { path } });
const header = { "If-Match": read.response.headers.get("ETag")! };
const revised = await client.PATCH("/v1/statements/{id}", {
  params: { path, header },
  body: { cue: "said" },
});
const stale = await client.PATCH("/v1/statements/{id}", {
  params: { path, header },
  body: { topics: ["territorial-concessions"] },
});

const { data: dismissed } = await client.PATCH("/v1/contradictions/{id}", {
  params: { path: { id: made!.contradictions[0].id! } },
  body: { status: "dismissed", reason: "misread" },
});

const { data: article } = await client.POST("/v1/articles", {
  body: {
    source: { title: "Ferry line in doubt", language: "en" },
    text: "“The city will close the ferry line,” Mayor Ada Brook said.",
  },
});

const { error: refused } = await client.POST("/v1/statements", {
  body: {
    kind: "claim",
    text: "The ceasefire holds",
    speaker: { name: "A spokesman", kind: "unnamed" },
    said_on: "2025-02-30",
  },
});

const line = { kind: "claim", text: "The bridge holds", speaker: { name: "Ada Brook" } };
const { data: imported } = await client.POST("/v1/statements/import", {
  headers: { "Content-Type": "application/x-ndjson" },
  body: `${JSON.stringify(line)}\nno JSON\n`,
  bodySerializer: (lines) => lines,
  parseAs: "text",
});

const { data: feed } = await client.GET("/v1/contradictions.atom", { parseAs: "text" });

const retracted = await client.DELETE("/v1/statements/{id}", { params: { path } });

console.log(
  JSON.stringify({
    listed,
    created: [made!.kind, made!.speaker.kind, made!.said_on, made!.contradictions.length],
    revised: [revised.response.status, revised.data!.cue, revised.data!.version],
    stale: [stale.response.status, stale.error!.type],
    dismissed: [dismissed!.status, dismissed!.reason],
    article: article!.statements.map((each) => [each.outcome, each.speaker.name, each.text]),
    pointers: refused!.errors!.map((error) => error.pointer),
    imported: imported!.trim().split("\n").map((outcome) => JSON.parse(outcome).outcome),
    feed: feed!.includes("<feed"),
    retracted: retracted.response.status,
  }),
);
