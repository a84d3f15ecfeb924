/** The WebSockets of one tab as the browser itself tells them (Chrome DevTools Protocol, domain Network), in the clear on `wss` too. */
import type { CDPSession } from 'playwright-core';
import { describe, HttpHeadReader, maskSecrets, PacketReader, type Packet, type Sender } from '#wire';
import type { ForeignDoor } from '#kit';
import type { RelayChunk } from '#net';
import { isTls } from '#target';

export interface WatchedSocket {
  readonly trace: { readonly from: Sender; readonly packet: Packet }[];
  /** Of the answer, where it was an upgrade. */
  status?: number;
  protocol?: string;
  /** Why the handshake or the connection failed. */
  failure?: string;
  closed: boolean;
}

type Frame = {
  readonly requestId: string;
  readonly response: { readonly opcode: number; readonly payloadData: string };
};
/** Take payloads in base64. */
type Readers = { readonly [S in Sender]: (payload: string) => void };

const BINARY = 2;
/** What is read of one socket, in each direction: a broker may flood, or send what inflates to a thousand times its length. */
const WATCH_LIMITS = {
  /** In characters as the browser tells them; the longest message that a case sends has 1.4 million. */
  messageCharacters: 24 * 1024 * 1024,
  octets: 64 * 1024 * 1024,
  packets: 20_000,
} as const;
/** Of the transcript: no connection. */
const HARNESS = 0;

export class SocketWatch {
  /** Why an HTTPS request to the target failed; undefined: none did. */
  visitFailure: string | undefined;
  /** In the order of creation. */
  readonly sockets: WatchedSocket[] = [];
  readonly #door: ForeignDoor;
  readonly #label: string;
  readonly #known = new Map<
    string,
    { readonly socket: WatchedSocket; readonly lane: number; readonly read: Readers }
  >();
  readonly #heads = new Map<string, HttpHeadReader>();
  /** Lane of the socket that was created last. */
  #latest = HARNESS;

  private constructor(door: ForeignDoor, label: string) {
    this.#door = door;
    this.#label = label;
  }

  static async start(cdp: CDPSession, door: ForeignDoor, label: string): Promise<SocketWatch> {
    const watch = new SocketWatch(door, label);
    cdp.on('Network.webSocketCreated', ({ requestId }) => watch.created(requestId));
    // In the clear the relay has request and answer as they stood.
    const secure = isTls(door.endpoint.transport);
    cdp.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, request }) => {
      if (!secure) return;
      watch.note(requestId, 'out', `GET ${pathOf(door)}, Origin: ${request.headers['Origin'] ?? 'none'}`);
    });
    cdp.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) => {
      const { status, statusText, headers } = response;
      const [, protocol] = Object.entries(headers).find(([name]) => /^sec-websocket-protocol$/i.test(name)) ?? [];
      watch.update(requestId, { status, ...(protocol === undefined ? {} : { protocol }) });
      if (!secure) return;
      watch.note(requestId, 'in', `HTTP/1.1 ${status} ${statusText}, Sec-WebSocket-Protocol: ${protocol ?? 'none'}`);
    });
    cdp.on('Network.loadingFailed', ({ type, errorText }) => {
      if (type === 'Fetch') watch.visitFailure = errorText;
    });
    cdp.on('Network.webSocketFrameSent', (frame) => watch.frame(frame, 'client'));
    cdp.on('Network.webSocketFrameReceived', (frame) => watch.frame(frame, 'server'));
    cdp.on('Network.webSocketFrameError', ({ requestId, errorMessage }) => {
      const failure = readable(errorMessage);
      const status = /response code: (\d{3})/.exec(failure)?.[1];
      watch.update(requestId, { failure, ...(status === undefined ? {} : { status: Number(status) }) });
      watch.note(requestId, 'note', failure);
    });
    cdp.on('Network.webSocketClosed', ({ requestId }) => {
      watch.update(requestId, { closed: true });
      watch.note(requestId, 'note', 'the socket is closed');
    });
    await cdp.send('Network.enable');
    return watch;
  }

  /** A line of the console, or an error of the page. */
  said(line: string): void {
    this.#door.recorder.note(HARNESS, withoutQuery(this.#door, `${this.#label}, ${line}`));
  }

  /** Request and answer of an upgrade as the relay saw them, whatever the browser makes of the answer. */
  relayed({ connection, direction, bytes }: RelayChunk): void {
    const { endpoint, recorder } = this.#door;
    if (isTls(endpoint.transport)) return;
    const request = direction === 'to-target';
    const key = `${connection} ${direction}`;
    const reader = this.#heads.get(key) ?? new HttpHeadReader({ kind: request ? 'request' : 'response' });
    this.#heads.set(key, reader);
    const event = reader.push(bytes);
    if (event === undefined) return;
    const [head] = event.kind === 'head' ? [event.head] : [];
    const summary = head === undefined ? 'no head of HTTP' : withoutQuery(this.#door, head.startLine);
    // A query may be a token.
    const shown = request && endpoint.path.includes('?') ? undefined : (head?.bytes ?? bytes);
    recorder.record({
      lane: this.#latest,
      direction: request ? 'out' : 'in',
      layer: 'http',
      summary,
      ...(shown === undefined ? {} : { bytes: shown }),
    });
  }

  private created(requestId: string): void {
    const { recorder, version } = this.#door;
    const socket: WatchedSocket = { trace: [], closed: false };
    const lane = recorder.lane(`${this.#label}, socket ${this.sockets.push(socket)}`);
    this.#latest = lane;
    const reader = (from: Sender) => {
      const packets = new PacketReader({ from, version });
      let octets = 0;
      let read = 0;
      return (payload: string): void => {
        if (octets > WATCH_LIMITS.octets || read > WATCH_LIMITS.packets) return;
        if (payload.length > WATCH_LIMITS.messageCharacters) {
          octets = Infinity;
          recorder.note(lane, 'a message too long to be read: from here on the socket is not read');
          return;
        }
        const bytes = Uint8Array.from(Buffer.from(payload, 'base64'));
        octets += bytes.length;
        for (const event of packets.push(bytes)) {
          if (event.kind === 'violation') {
            recorder.note(lane, event.violation.message);
            continue;
          }
          const { packet } = event;
          read += 1;
          socket.trace.push({ from, packet });
          const shown = from === 'client' ? maskSecrets(event.bytes) : event.bytes;
          const direction = from === 'client' ? 'out' : 'in';
          recorder.record({ lane, direction, layer: 'mqtt', summary: describe(packet), bytes: shown });
        }
      };
    };
    this.#known.set(requestId, { socket, lane, read: { client: reader('client'), server: reader('server') } });
  }

  private frame({ requestId, response }: Frame, from: Sender): void {
    const known = this.#known.get(requestId);
    if (known === undefined) return;
    const { opcode, payloadData } = response;
    if (opcode === BINARY) known.read[from](payloadData);
    else this.#door.recorder.note(known.lane, `a message of opcode ${opcode}: ${payloadData.slice(0, 60)}`);
  }

  private update(requestId: string, change: Partial<WatchedSocket>): void {
    const known = this.#known.get(requestId);
    if (known !== undefined) Object.assign(known.socket, change);
  }

  private note(requestId: string, direction: 'in' | 'out' | 'note', line: string): void {
    const known = this.#known.get(requestId);
    if (known === undefined) return;
    const { recorder } = this.#door;
    const summary = withoutQuery(this.#door, line);
    if (direction === 'note') recorder.note(known.lane, summary);
    else recorder.record({ lane: known.lane, direction, layer: 'http', summary });
  }
}

/** A query may be a token. */
const pathOf = ({ endpoint }: ForeignDoor): string => endpoint.path.replace(/\?.*/, '');

function withoutQuery({ endpoint }: ForeignDoor, line: string): string {
  const [, query] = endpoint.path.split('?');
  return query === undefined || query === '' ? line : line.replaceAll(query, '…');
}

const readable = (message: string): string => message.replace(/^Error during WebSocket handshake: /, '').trim();
