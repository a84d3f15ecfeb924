/** How to see it again: the command, and for handshakes a line without this tool. */
import type { InstanceResult, RunResult } from '#results';
import { decodeBase64 } from '#wire';

export interface Reproduction {
  readonly label: string;
  readonly command: string;
}

export function reproductions(one: InstanceResult, { target, run }: RunResult): Reproduction[] {
  const endpoint = target.endpoints.find(({ transport }) => transport === one.transport) ?? target.endpoints[0];
  if (endpoint === undefined) return [];
  const words = [
    'mqttspec run',
    quoted(endpoint.url),
    quoted(`id:${one.id}`),
    ...(one.version === undefined ? [] : [`--mqtt ${one.version}`]),
    `--seed ${quoted(run.seed)}`,
    '-vv',
  ];
  const handshake = one.verifies.some((key) => key.startsWith('ws/')) ? handshakeCommand(one, endpoint.url) : undefined;
  return [
    { label: 'with mqttspec', command: words.join(' ') },
    ...(handshake === undefined ? [] : [{ label: 'the handshake alone', command: handshake }]),
  ];
}

/** The first request as it was sent. */
function handshakeCommand({ transcript }: InstanceResult, url: string): string | undefined {
  const entry = transcript?.entries.find(({ layer, direction }) => layer === 'http' && direction === 'out');
  const bytes = entry?.bytes === undefined || entry.cut === true ? undefined : decodeBase64(entry.bytes);
  if (bytes === undefined || !URL.canParse(url)) return undefined;
  const head = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return curl(head, url) ?? throughSocket(head, url);
}

/** Only what curl sends just so: a plain GET with well-formed headers. */
function curl(head: string, url: string): string | undefined {
  const [start = '', ...lines] = head.split('\r\n').filter((line) => line !== '');
  const path = /^GET (\/[!-~]*) HTTP\/1\.1$/.exec(start)?.[1];
  if (path === undefined || lines.some((line) => !/^[A-Za-z0-9-]+: [ -~]+$/.test(line))) return undefined;
  const { protocol, host } = new URL(url);
  const headers = lines.filter((line) => !/^host:/i.test(line)).map((line) => ` -H ${quoted(line)}`);
  const secure = protocol === 'wss:' ? ' --insecure' : '';
  return `curl -i -N --http1.1 --max-time 5${secure}${headers.join('')} ${quoted(`${secure === '' ? 'http' : 'https'}://${host}${path}`)}`;
}

function throughSocket(head: string, url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'wss:';
  const octets = head.replaceAll(/[^ -$&-[\]-~]|'/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  const where = secure
    ? `openssl s_client -quiet -connect ${hostname}:${port === '' ? '443' : port}`
    : `nc -q 5 ${hostname} ${port === '' ? '80' : port}`;
  return `printf '${octets}' | ${where}`;
}

/** For a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
