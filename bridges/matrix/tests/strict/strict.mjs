// A worker on matrix-js-sdk with Rust crypto, in the mode that excludes devices that are not cross-signed. One JSON line
// once her identity is made; then, after a line on standard input, a room with the bot and `count` messages, each answered;
// then a JSON line with what was read.
import { createInterface } from "node:readline";

// Node 20 has no Promise.withResolvers, which the library needs.
Promise.withResolvers ??= function () {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};

const { createClient, Preset } = await import("matrix-js-sdk");
const { OnlySignedDevicesIsolationMode } = await import("matrix-js-sdk/lib/crypto-api/index.js");
// The library tells a lot, and standard output is for the test.
for (const level of ["trace", "debug", "log", "info", "warn", "error"]) console[level] = () => {};
const tell = (told) => process.stdout.write(`${JSON.stringify(told)}\n`);

const [baseUrl, user, password, bot, count] = process.argv.slice(2);
const identifier = { type: "m.id.user", user };
const told = await createClient({ baseUrl }).loginRequest({ type: "m.login.password", identifier, password });
const client = createClient({ baseUrl, userId: user, deviceId: told.device_id, accessToken: told.access_token });
await client.initRustCrypto({ useIndexedDB: false });
const crypto = client.getCrypto();
crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
await crypto.bootstrapCrossSigning({
  authUploadDeviceSigningKeys: (upload) => upload({ type: "m.login.password", identifier, password }),
});
tell({ ready: true });
for await (const _ of createInterface({ input: process.stdin })) break;

const read = [];
let undecryptable = 0;
let waiting = null;
client.on("Room.timeline", async (event) => {
  if (event.getSender() !== bot || event.isState() || event.isRedaction()) return;
  await client.decryptEventIfNeeded(event);
  while (event.isBeingDecrypted()) await event.getDecryptionPromise();
  if (event.isDecryptionFailure()) undecryptable += 1;
  else {
    const info = await crypto.getEncryptionInfoForEvent(event);
    read.push({ encrypted: event.isEncrypted(), shield: info?.shieldColour, text: event.getContent().body.length > 0 });
  }
  waiting?.();
});
await client.startClient({ initialSyncLimit: 20 });

const answer = (ask) =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("no answer")), 60_000);
    waiting = () => {
      clearTimeout(late);
      resolve();
    };
    ask();
  });
const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
let room;
await answer(async () => {
  const asked = { preset: Preset.TrustedPrivateChat, is_direct: true, invite: [bot], initial_state: [encryption] };
  room = (await client.createRoom(asked)).room_id;
});
for (let said = 0; said < Number(count); said += 1) {
  await answer(() => client.sendMessage(room, { msgtype: "m.text", body: said % 2 ? "1, 2" : "/open_risks" }));
}
client.stopClient();
process.stdout.write(`${JSON.stringify({ read, undecryptable })}\n`, () => process.exit(0));
