/** What was sent last before a finding, as octets, and what came: one line of a page for one instance. */

const SHOWN = 30;
const STANDARD = /^(Host|Sec-WebSocket-Key|Content-Length):/i;

/** `CONNECT …` `101a…` for packets, the fields that differ from a right request for upgrades. */
export function sentBefore({ id, version, transcript, findings }) {
  const entries = transcript?.entries ?? [];
  const [first] = failing(findings);
  // What must not come is judged behind a sentinel: what was sent before it came counts.
  const culprit = entries.find(({ direction, summary }) => direction === 'in' && summary === first?.actual);
  const until = (culprit ?? first)?.at ?? Infinity;
  const out = entries.filter(({ at, direction }) => direction === 'out' && at <= until + 1);
  const said = out.filter(
    (entry) => !meaningless(entry, version) && !isFiller(entry) && (ABOUT_ENDS.test(id) || !ends(entry)),
  );
  const last = said.at(-1);
  if (last === undefined) return 'see the transcript';
  if (last.layer === 'http') return fieldsOf(last, said[0]);
  const before = said.at(-2);
  const shown = before === undefined || before.layer === 'http' ? [last] : [before, last];
  return shown.map(entryText).join(', ');
}

/** The messages of the findings that count, each once; `(still open)` and what came stay with them. */
export function cameOf(instance) {
  const found = failing(instance.findings);
  const messages = found.length === 0 ? [instance.reason ?? ''] : found.map(({ message }) => message);
  const actual = found[0]?.actual ?? '';
  const open = /still open/.test(actual) && !/open/.test(messages[0]) ? ' (still open)' : '';
  const ended = /(DISCONNECT 0x\w+|Close \d+).*/.exec(actual)?.[0];
  return short([...new Set(messages)].slice(0, 2).join('; ') + open + (ended === undefined ? '' : ` (${ended})`));
}

export const failing = (findings) => findings.filter(({ verdict }) => verdict === 'fail');

/** Cases in which it matters how a client leaves. */
const ABOUT_ENDS = /^(will|disconnect|ends|closing|failing|control|browser)/;
/** Of a case of MQTT the upgrade says nothing. */
const meaningless = ({ layer }, version) => layer === 'tcp' || (layer === 'http' && version !== undefined);
const isFiller = ({ bytes }) => bytes === 'wAA=';
const ends = ({ summary }) => /^(Close 1\d{3}, 2 bytes|DISCONNECT 0x00)/.test(summary);
const hex = (bytes) => Buffer.from(bytes, 'base64').toString('hex');

function entryText({ summary, bytes }) {
  const octets = bytes === undefined ? '' : hex(bytes);
  const cut = octets.length > 2 * SHOWN ? `${octets.slice(0, 2 * SHOWN)}…` : octets;
  return `${code(kind(summary))} ${cut}`.trim();
}

/** A packet's name and what is not in its octets anyway: the octets say the rest. */
function kind(summary) {
  const words = /^([A-Z]{4,}(?: 0x\w\w)?)/.exec(summary);
  return words?.[1] ?? summary;
}

function fieldsOf(request, right) {
  const lines = (entry) =>
    entry.bytes === undefined ? [] : Buffer.from(entry.bytes, 'base64').toString('latin1').split('\r\n');
  const [first, ...fields] = lines(request);
  const [, ...normal] = right?.layer === 'http' ? lines(right) : [];
  const differs = (one, others) => one.filter((line) => line !== '' && !STANDARD.test(line) && !others.includes(line));
  const added =
    request === right
      ? fields.filter((line) => /^Sec-WebSocket-(Proto|Ext|Vers)/i.test(line))
      : differs(fields, normal);
  const gone =
    request === right ? [] : differs(normal, fields).filter((line) => !added.some((other) => sameField(line, other)));
  const hostGone = fields.some((line) => /^Host:/i.test(line)) ? [] : ['without Host'];
  const keyGone = fields.some((line) => /^Sec-WebSocket-Key/i.test(line)) ? [] : ['without Sec-WebSocket-Key'];
  const without = gone.map((line) => `without ${line.split(':')[0]}`);
  return [first ?? request.summary, ...added, ...without, ...hostGone, ...keyGone].map(code).join(', ');
}

const sameField = (one, other) => one.split(':')[0].toLowerCase() === other.split(':')[0].trim().toLowerCase();

/** Identifiers that are made for each run, and long payloads, are left out. */
export const short = (text) =>
  text
    .replaceAll(/mqttspec\/[a-z0-9]{8}(?=[/"])/g, 'mqttspec/…')
    .replaceAll(/clientId="[^"]*"/g, 'clientId="…"')
    .replaceAll(/x{20,}/g, 'xxx…')
    .slice(0, 240);

// eslint-disable-next-line no-control-regex
const printable = (text) =>
  text.replaceAll(/[\u0000-\u001F\u007F]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
export const code = (text) => `\`${printable(short(text)).replaceAll('`', "'")}\``;
