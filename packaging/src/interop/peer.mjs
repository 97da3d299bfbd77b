// SPDX-License-Identifier: AGPL-3.0-or-later
// An ActivityPub server made with Fedify, for tests and measurements beside Waymark: node peer.mjs PORT FOLDER
// It hosts an Application (/u/node), an Organization (/u/clinic) and a Person (/u/reader), accepts whoever follows them, and remembers what it was told.
// Its keys lie in FOLDER, so that it is the same server after a restart. What a test wants of it goes to /control.
import { createFederation, exportJwk, generateCryptoKeyPair, importJwk, MemoryKvStore, parseNodeInfo, signObject, signRequest, verifyObject } from "@fedify/fedify";
import { Accept, Activity, Application, Create, Delete, Endpoints, Follow, Note, Organization, Person, PUBLIC_COLLECTION, Tombstone, Undo, Update } from "@fedify/vocab";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

// With QUIET=1 it remembers nothing, so that it can be measured.
const [port, folder] = process.argv.slice(2);
const quiet = process.env.QUIET === "1";
const origin = `http://127.0.0.1:${port}`;
const keyFile = `${folder}/keys.json`;
const actors = { node: ["Application", "Fedify"], clinic: ["Organization", "Fedify clinic"], reader: ["Person", "A reader"] };
const schemes = ["draft-cavage-http-signatures-12", "rfc9421"];

// What happened, for the tests to look at.
const heard = [];
const requests = [];

const keys = existsSync(keyFile) ? JSON.parse(readFileSync(keyFile, "utf8")) : {};
const keep = () => writeFileSync(keyFile, JSON.stringify(keys));
async function makeKeys(name) {
  keys[name] = [];
  for (const algorithm of ["RSASSA-PKCS1-v1_5", "Ed25519"]) {
    const pair = await generateCryptoKeyPair(algorithm);
    keys[name].push({ publicKey: await exportJwk(pair.publicKey), privateKey: await exportJwk(pair.privateKey) });
  }
  keep();
}
const pairs = (name) =>
  Promise.all(keys[name].map(async (it) => ({
    publicKey: await importJwk(it.publicKey, "public"),
    privateKey: await importJwk(it.privateKey, "private"),
  })));
for (const name of Object.keys(actors)) if (!keys[name]) await makeKeys(name);

/** One server as the world sees it; with each scheme it knocks first, and forgets who answered what. */
function server(firstKnock) {
  const federation = createFederation({ kv: new MemoryKvStore(), origin, allowPrivateAddress: true, firstKnock });
  federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
    software: { name: "waymark-interop", version: "1.0.0" },
    protocols: ["activitypub"],
    usage: { users: {}, localPosts: 0, localComments: 0 },
  }));
  federation
    .setActorDispatcher("/u/{identifier}", async (context, name) => {
      if (!actors[name]) return null;
      const [type, title] = actors[name];
      const published = await context.getActorKeyPairs(name);
      return new { Application, Organization, Person }[type]({
        id: context.getActorUri(name),
        preferredUsername: name,
        name: title,
        inbox: context.getInboxUri(name),
        endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
        url: new URL(origin),
        publicKey: published[0].cryptographicKey,
        assertionMethods: published.map((it) => it.multikey),
      });
    })
    .setKeyPairsDispatcher((_, name) => (keys[name] ? pairs(name) : []))
    .mapAlias((_, resource) => (resource.href.replace(/\/$/, "") === origin ? { identifier: "node" } : null));
  federation
    .setInboxListeners("/u/{identifier}/inbox", "/inbox")
    .on(Activity, async (context, activity) => {
      if (quiet) return;
      heard.push({
        type: activity.constructor.name,
        id: activity.id?.href,
        actor: activity.actorId?.href,
        object: activity.objectId?.href,
        ...(await content(activity)),
      });
      if (activity instanceof Follow) {
        const name = context.parseUri(activity.objectId)?.identifier;
        const accept = new Accept({ id: newId(), actor: activity.objectId, object: activity });
        // Answered first, then accepted, as real servers do.
        setImmediate(async () => await context.sendActivity({ identifier: name }, await activity.getActor(context), accept));
      }
    })
    .setSharedKeyDispatcher(() => ({ identifier: "node" }));
  return federation;
}
const servers = Object.fromEntries(schemes.map((it) => [it, server(it)]));
const [cavage] = schemes;
const json = async (url) => await (await fetch(url)).json();
const newId = () => new URL(`/a/${crypto.randomUUID()}`, origin);

/** What a server would show of it. */
async function content(activity) {
  const note = await activity.getObject({ suppressError: true }).catch(() => null);
  if (!(note instanceof Note)) return {};
  const tags = await Array.fromAsync(note.getTags({ suppressError: true }), (it) => it.name?.toString());
  return { name: note.name?.toString(), content: note.content?.toString(), url: note.url?.href, tags };
}

/** Sends what Fedify makes of our words, with its own signatures and, for Ed25519, its own proofs. */
async function send({ from = "clinic", to, scheme = cavage, verb, object, name, text, id }) {
  const context = servers[scheme].createContext(new URL(origin), undefined);
  const actor = context.getActorUri(from);
  const recipient = await context.lookupObject(to);
  const note = () => new Note({ id: new URL(object), attribution: actor, name, content: text, to: PUBLIC_COLLECTION });
  const common = { id: newId(), actor, to: PUBLIC_COLLECTION };
  const activity = {
    Follow: () => new Follow({ id: newId(), actor, object: new URL(to) }),
    Undo: () => new Undo({ id: newId(), actor, object: new Follow({ id: new URL(id), actor, object: new URL(to) }) }),
    Create: () => new Create({ ...common, object: note() }),
    Update: () => new Update({ ...common, object: note() }),
    Delete: () => new Delete({ ...common, object: new Tombstone({ id: new URL(object) }) }),
  }[verb]();
  await context.sendActivity({ identifier: from }, recipient, activity);
  return { id: activity.id.href };
}

/** Posts a document as it is, signed by Fedify: for members that its classes do not know. */
async function post({ from = "clinic", inbox, scheme = cavage, body }) {
  const request = new Request(inbox, {
    method: "POST",
    headers: { "Content-Type": "application/activity+json" },
    body: JSON.stringify({ id: newId().href, actor: `${origin}/u/${from}`, ...body }),
  });
  const [{ privateKey }] = await pairs(from);
  const signed = await signRequest(request, privateKey, new URL(`${origin}/u/${from}#main-key`), { spec: scheme });
  const answer = await fetch(signed);
  return { status: answer.status, answer: await answer.text() };
}

/** Looks at another server with what Fedify has for it. */
async function look({ base, actor, account }) {
  const context = servers[cavage].createContext(new URL(origin), undefined);
  const found = await context.lookupObject(actor);
  // Fedify fetches NodeInfo from public addresses only, so it gets what we fetched.
  const { links } = await json(`${base}/.well-known/nodeinfo`);
  const info = parseNodeInfo(await json(links.find((it) => it.rel.endsWith("/2.1")).href));
  const byAddress = await context.lookupWebFinger(new URL(actor));
  const byName = await json(`${base}/.well-known/webfinger?resource=${account}`);
  return {
    type: found?.constructor.name,
    name: found?.name?.toString(),
    inbox: found?.inboxId?.href,
    key: (await found?.getPublicKey(context))?.publicKey?.algorithm.name,
    proofKeys: await Array.fromAsync(found?.getAssertionMethods(context) ?? [], (it) => it.publicKey?.algorithm.name),
    nodeInfo: info,
    subject: byAddress?.subject,
    self: byName.links?.find((it) => it.rel === "self")?.href,
  };
}

/** Whether Fedify believes the proof in a document. */
async function verify({ document }) {
  const context = servers[cavage].createContext(new URL(origin), undefined);
  const object = await verifyObject(Note, document, context);
  return { believed: object !== null };
}

/** A note of the clinic with Fedify's own proof. */
async function prove({ name }) {
  const context = servers[cavage].createContext(new URL(origin), undefined);
  const actor = context.getActorUri("clinic");
  const note = new Note({ id: new URL("/notes/proved", origin), attribution: actor, name, content: `<p>${name}</p>`, to: PUBLIC_COLLECTION });
  const key = (await context.getActorKeyPairs("clinic")).find((it) => it.privateKey.algorithm.name === "Ed25519");
  const proved = await signObject(note, key.privateKey, key.multikey.id, context);
  const document = await proved.toJsonLd({ format: "compact", contextLoader: context.contextLoader });
  // Fedify signs the long form and writes it when it sends, but not here.
  return { document: { ...document, to: PUBLIC_COLLECTION.href } };
}

/** Sends one note to many inboxes at once. */
async function fan({ inboxes }) {
  const context = servers[cavage].createContext(new URL(origin), undefined);
  const actor = context.getActorUri("clinic");
  const note = new Note({ id: new URL(`/notes/${crypto.randomUUID()}`, origin), attribution: actor, name: "News", content: "<p>News</p>", to: PUBLIC_COLLECTION });
  const recipients = inboxes.map((it) => ({ id: new URL("/clinic", it), inboxId: new URL(it) }));
  await context.sendActivity({ identifier: "clinic" }, recipients, new Create({ id: newId(), actor, object: note, to: PUBLIC_COLLECTION })).catch(() => {});
  return {};
}

const control = {
  send,
  fan,
  post,
  look,
  verify,
  prove,
  heard: () => heard,
  requests: () => requests,
  rotate: async ({ of }) => (await makeKeys(of), {}),
};

/** What Fedify has no words for, without which no Waymark node takes a server for one. */
async function extended(path, response) {
  if (path !== "/u/node" || response.status !== 200) return response;
  const document = { ...(await response.json()), "waymark:organizations": `${origin}/organizations` };
  return Response.json(document, { headers: { "Content-Type": "application/activity+json" } });
}
const organizations = () =>
  Response.json(
    {
      "@context": "https://www.w3.org/ns/activitystreams",
      id: `${origin}/organizations`,
      type: "OrderedCollection",
      totalItems: 1,
      orderedItems: [{ type: "Organization", id: `${origin}/u/clinic`, inbox: `${origin}/u/clinic/inbox`, name: actors.clinic[1] }],
    },
    { headers: { "Content-Type": "application/activity+json" } },
  );

async function answer(request, body) {
  const path = new URL(request.url).pathname;
  if (path.startsWith("/control/")) {
    try {
      return Response.json(await control[path.slice("/control/".length)](body ? JSON.parse(body) : {}));
    } catch (error) {
      return Response.json({ error: String(error), stack: error.stack }, { status: 500 });
    }
  }
  if (path === "/organizations") return organizations();
  const response = await extended(path, await servers[cavage].fetch(request, { contextData: undefined }));
  if (!quiet) requests.push({
    method: request.method,
    path,
    status: response.status,
    keyId: /keyid="([^"]*)"/i.exec(request.headers.get("signature-input") ?? request.headers.get("signature") ?? "")?.[1],
    scheme: request.headers.has("signature-input") ? "rfc9421" : request.headers.has("signature") ? cavage : "none",
    body: request.method === "POST" ? body : "",
  });
  return response;
}

createServer(async (incoming, outgoing) => {
  const parts = [];
  for await (const part of incoming) parts.push(part);
  const body = Buffer.concat(parts);
  const request = new Request(new URL(incoming.url, origin), {
    method: incoming.method,
    headers: incoming.headers,
    body: body.length ? body : undefined,
  });
  const response = await answer(request, body.toString());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}).listen(Number(port), "127.0.0.1", () => console.log(`Fedify is ready at ${origin}`));
