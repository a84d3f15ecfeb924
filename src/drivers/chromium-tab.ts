/** One tab: the page in it, its relay, what the browser tells of it. */
import type { Page } from 'playwright-core';
import {
  NotOpened,
  type ForeignDoor,
  type ForeignMessage,
  type PageClient,
  type PageClientOptions,
  type PageLibrary,
  type Picture,
  type SocketReport,
  type Tab,
} from '#kit';
import { sleep } from '#io';
import type { Relay } from '#net';
import { DIAL_LIMITS, isTls } from '#target';
import type { Qos } from '#wire';
import type { PageFace, PageMessage, PageOptions } from './chromium-page/contract.ts';
import type { SocketWatch, WatchedSocket } from './chromium-sockets.ts';

/** Milliseconds that a busy browser may take on top of the broker, at least; a broker that is late has a machine that is. */
const BROWSER_MS = 4_000;
const BROWSER_SHARE = 3;
/** Some brokers take 4 KiB a turn of 100 ms. */
const SLOWEST_BYTES_A_MS = 32;
/** Milliseconds for the handshake of a visit; its answer, which some brokers never give, is not waited for. */
const VISIT_MS = 20_000;
const VISIT_PAUSE_MS = 250;
/** Milliseconds in which the browser tells why, after the page has learnt that. */
const WHY_MS = 1_000;

export interface TabParts {
  readonly page: Page;
  readonly relay: Relay;
  readonly watch: SocketWatch;
  readonly door: ForeignDoor;
  readonly origin: string;
  /** What pages connect to: the relay, under the name of the target. */
  readonly url: string;
  readonly number: number;
}

export class ChromiumTab implements Tab {
  readonly origin: string;
  readonly #parts: TabParts;
  #visiting = false;

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.origin = parts.origin;
  }

  async connect(library: PageLibrary, options: PageClientOptions): Promise<PageClient> {
    return this.#uncanceled(() => this.#connect(library, options));
  }

  async #connect(library: PageLibrary, options: PageClientOptions): Promise<PageClient> {
    const { watch } = this.#parts;
    const count = watch.sockets.length;
    try {
      const { id, sessionPresent } = await this.#call('CONNACK', 'open', [library, this.#options(options)]);
      return this.#client(id, sessionPresent, watch.sockets[count]);
    } catch (error) {
      const socket = await this.#explained(count);
      throw socket === undefined || socket.protocol === 'mqtt' ? error : new NotOpened(reportOf(socket));
    }
  }

  async socket(protocols: readonly string[]): Promise<SocketReport> {
    try {
      return await this.#uncanceled(async () => {
        const report = await this.#socket(protocols);
        if (report.canceled === true) throw new NotOpened(report);
        return report;
      });
    } catch (error) {
      if (error instanceof NotOpened) return error.report;
      throw error;
    }
  }

  async #socket(protocols: readonly string[]): Promise<SocketReport> {
    const count = this.#parts.watch.sockets.length;
    const fate = await this.#call('end of the handshake', 'socket', [this.#parts.url, protocols]);
    if (fate.opened) return { ...fate, status: 101 };
    return { ...reportOf(await this.#explained(count)), end: fate.end };
  }

  /**
   * A WebSocket never offers a client certificate by itself, and is canceled where the listener asks for one. What an HTTPS
   * request to the same place has chosen, or that there is none, holds for WebSockets too.
   */
  visit(): void {
    const { url, page } = this.#parts;
    const { origin } = new URL(url.replace(/^wss/, 'https'));
    const going = page.evaluate(
      (place) => (globalThis as unknown as { mqttspec: PageFace }).mqttspec.visit(place),
      `${origin}/`,
    );
    const over = (): void => {
      this.#visiting = false;
    };
    this.#visiting = true;
    // Whatever comes of it: what is to be known of the handshake, a WebSocket tells.
    going.then(over, over);
  }

  /** Again while a visit is under way and the browser cancels: the broker has no part in that. */
  async #uncanceled<T>(attempt: () => Promise<T>): Promise<T> {
    const { clock, signal } = this.#parts.door;
    const end = clock.now() + VISIT_MS;
    for (;;) {
      const last = !this.#visiting || clock.now() > end;
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof NotOpened) || error.report.canceled !== true) throw error;
        if (last) throw new NotOpened(this.#afterVisit(error.report));
        await sleep(clock, VISIT_PAUSE_MS, signal);
      }
    }
  }

  /** A listener that takes no client without a certificate refuses the visit, and after it the WebSocket is canceled again. */
  #afterVisit({ canceled = false, ...report }: SocketReport): SocketReport {
    const { visitFailure } = this.#parts.watch;
    const refused = visitFailure !== undefined && !visitFailure.includes('CERT_NEEDED');
    if (refused) return { ...report, failure: `${visitFailure} (told to an HTTPS request)` };
    return { ...report, ...(canceled ? { canceled } : {}) };
  }

  cut(): void {
    this.#parts.relay.reset();
  }

  async reload(): Promise<void> {
    await this.#parts.page.reload();
  }

  async close(): Promise<void> {
    await this.#parts.page.close();
  }

  async picture(): Promise<Picture | undefined> {
    const { page, number } = this.#parts;
    if (page.isClosed()) return undefined;
    const options = { type: 'jpeg', quality: 50, timeout: BROWSER_MS } as const;
    const data = await page.screenshot(options).catch(() => undefined);
    if (data === undefined) return undefined;
    return { title: `tab ${number}`, mediaType: 'image/jpeg', data: data.toString('base64') };
  }

  async dispose(): Promise<void> {
    const { page, relay } = this.#parts;
    await Promise.all([page.close().catch(() => undefined), relay.close()]);
  }

  #client(id: number, sessionPresent: boolean, socket: WatchedSocket | undefined): PageClient {
    return {
      trace: socket?.trace ?? [],
      sessionPresent,
      subscribe: async (filter, qos) => (await this.#call('SUBACK', 'subscribe', [id, filter, qos])) as Qos,
      publish: (topic, payload, { qos = 0, retain = false } = {}) => {
        const octets = Buffer.from(payload);
        const args = [id, topic, octets.toString('base64'), qos, retain] as const;
        return this.#call('acknowledgement', 'publish', args, octets.length);
      },
      message: async () => messageOf(await this.#call('message', 'message', [id])),
      end: () => this.#call('end of the socket', 'end', [id]),
      close: () => this.#call('end of the socket', 'close', [id]),
      ended: () => this.#call('end of the socket', 'ended', [id]),
      again: () => this.#call('second CONNACK', 'again', [id]),
    };
  }

  #options({ password, will, ...rest }: PageClientOptions): PageOptions {
    const { url, door } = this.#parts;
    return {
      ...rest,
      url,
      version: door.version,
      ...(password === undefined ? {} : { password: base64(password) }),
      ...(will === undefined
        ? {}
        : { will: { topic: will.topic, payload: base64(will.payload), qos: will.qos, retain: will.retain } }),
    };
  }

  /** The socket that a call made, as soon as the browser has told how it ended; undefined where it is well. */
  async #explained(count: number): Promise<WatchedSocket | undefined> {
    const { watch, door } = this.#parts;
    for (let waited = 0; waited < WHY_MS; waited += 20) {
      const socket = watch.sockets[count];
      if (socket?.failure !== undefined || socket?.closed === true) return socket;
      await sleep(door.clock, 20, door.signal);
    }
    return watch.sockets[count];
  }

  /** A call into the page, bounded. */
  #call<Name extends keyof PageFace>(
    what: string,
    name: Name,
    args: Readonly<Parameters<PageFace[Name]>>,
    bytes = 0,
  ): Promise<Awaited<ReturnType<PageFace[Name]>>> {
    const { page, door } = this.#parts;
    const opening = name === 'open' || name === 'socket';
    const handshake = opening && isTls(door.endpoint.transport) ? DIAL_LIMITS.tlsMs : 0;
    const browser = Math.max(BROWSER_MS, BROWSER_SHARE * door.replyMs);
    const within = Math.ceil(door.replyMs + browser + handshake + (2 * bytes) / SLOWEST_BYTES_A_MS);
    const doing = page.evaluate(
      ([method, list]) =>
        (globalThis as unknown as { mqttspec: Record<string, (...all: unknown[]) => unknown> }).mqttspec[method]?.(
          ...list,
        ),
      [name, args as unknown as unknown[]] as [string, unknown[]],
    ) as Promise<Awaited<ReturnType<PageFace[Name]>>>;
    return new Promise((resolve, reject) => {
      const late = door.clock.after(within, () => reject(new Error(`the page saw no ${what} within ${within} ms`)));
      doing.then(resolve, (error: unknown) => reject(new Error(plain(error)))).finally(() => late.cancel());
    });
  }
}

function reportOf({ status, protocol, failure }: Partial<WatchedSocket> = {}): SocketReport {
  return {
    opened: false,
    ...(status === undefined ? {} : { status }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(failure === undefined ? {} : { failure }),
    ...(failure?.includes('canceled') === true ? { canceled: true } : {}),
  };
}

const messageOf = ({ topic, payload, qos, retain }: PageMessage): ForeignMessage => ({
  topic,
  payload: Uint8Array.from(Buffer.from(payload, 'base64')),
  qos,
  retain,
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The words of the page, without the stack that the driver of the browser adds. */
function plain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? message).replace(/^page\.evaluate: (?:Error: )?/, '');
}
