/** Pages in a real browser: what a case may do with them. What passes is told by the browser itself, in the clear on `wss` too. */
import type { Picture } from '#results';
import type { RequirementKey } from '#spec';
import type { TlsMaterial } from '#target';
import type { CaseContext } from './context.ts';
import type { ForeignClient, ForeignDoor, ForeignOptions } from './foreign.ts';
import { SetupFailed, Skipped } from './outcomes.ts';
import { unmet } from './scope.ts';

/** `mqttjs`: MQTT.js; `own`: the codec of this project over the browser's WebSocket. */
export type PageLibrary = 'mqttjs' | 'own';

export interface PageClientOptions extends ForeignOptions {
  /** Milliseconds after which MQTT.js comes back by itself; 0, the default: never. */
  readonly reconnectMs: number;
}

/** How a page saw its socket end (the CloseEvent; MQTT.js hides it: code 0). */
export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** A client in a page. */
export interface PageClient extends Pick<
  ForeignClient,
  'trace' | 'sessionPresent' | 'subscribe' | 'publish' | 'message'
> {
  /** DISCONNECT, and how the socket ended. */
  end(): Promise<SocketEnd>;
  /** The end without DISCONNECT: the socket is closed with 1000. */
  close(): Promise<SocketEnd>;
  /** How the socket ended, whoever brought it about. */
  ended(): Promise<SocketEnd>;
  /** Session Present of the next connection that MQTT.js makes by itself. */
  again(): Promise<boolean>;
}

/** One handshake as the browser tells it; a page itself learns only `opened` and 1006. */
export interface SocketReport {
  readonly opened: boolean;
  /** What the page reads as `socket.protocol`. */
  readonly protocol?: string;
  readonly end?: SocketEnd;
  /** Of the answer, where one was read. */
  readonly status?: number;
  /** Why it failed: `net::ERR_CERT_AUTHORITY_INVALID`, `Sent non-empty 'Sec-WebSocket-Protocol' header …`. */
  readonly failure?: string;
  /** The browser gave it up by itself: the listener asks for a client certificate, and none was chosen. */
  readonly canceled?: boolean;
}

/** A tab with the page in it. */
export interface Tab {
  /** Its WebSockets carry this as Origin. */
  readonly origin: string;
  connect(library: PageLibrary, options: PageClientOptions): Promise<PageClient>;
  /** A bare WebSocket, closed as soon as it is open. */
  socket(protocols: readonly string[]): Promise<SocketReport>;
  /** The relay ends every connection of the tab by RST. */
  cut(): void;
  reload(): Promise<void>;
  /** As the user closes it. */
  close(): Promise<void>;
  /** Undefined where it was closed. */
  picture(): Promise<Picture | undefined>;
}

/** What tabs share: storage, certificates, one browser process. */
export interface Profile {
  /** `elsewhere`: a page of an origin that no list has. */
  tab(options: { readonly elsewhere: boolean }): Promise<Tab>;
  dispose(): Promise<void>;
}

export interface TabOptions {
  /** A page of an origin that no list has. */
  readonly elsewhere?: boolean;
  /** What the store of the browser has: trusted roots, a client certificate. Default: what the target was given. */
  readonly tls?: TlsMaterial;
}

export type BrowserDriver = (door: ForeignDoor) => Promise<Profile>;

/** A handshake that a browser doesn't take; the driver throws it. */
export class NotOpened extends Error {
  readonly code = 'NOT_OPENED';
  readonly report: SocketReport;

  constructor(report: SocketReport) {
    super(`the browser does not open its WebSocket: ${report.failure ?? `closed with ${report.end?.code ?? 1006}`}`);
    this.report = report;
  }
}

/** The browser does it by itself where a listener asks for a certificate that no HTTPS request has chosen before. */
const CANCELED = 'the browser cancels its WebSocket: the listener asks for a client certificate, and none was chosen';
const CONNECTS = 'ws/browser/connects' satisfies RequirementKey;

/** What a certificate breaks that a browser doesn't take. */
const OF_CERTIFICATES: Readonly<Record<string, RequirementKey>> = {
  AUTHORITY_INVALID: 'tls/chain/complete',
  COMMON_NAME_INVALID: 'tls/cert/name',
  DATE_INVALID: 'tls/cert/valid-now',
  WEAK_SIGNATURE_ALGORITHM: 'tls/cert/sha2',
  WEAK_KEY: 'tls/cert/key-size',
};

function brokenBy({ failure = '' }: SocketReport): RequirementKey {
  const [, name = ''] = /ERR_CERT_(\w+)/.exec(failure) ?? [];
  return OF_CERTIFICATES[name] ?? CONNECTS;
}

export async function openProfile(t: CaseContext<unknown>, door: ForeignDoor): Promise<Profile> {
  const driver = t.scope.drivers?.browser ?? { why: 'no browser is driven here' };
  if (typeof driver !== 'function') throw new Skipped(driver.why);
  const unusual = t.scope.target.headers.find(([name]) => name.toLowerCase() !== 'origin');
  if (unusual !== undefined)
    throw new Skipped(`a page can not send the header ${unusual[0]} that the target was given`);
  return driver(door);
}

/** The tab as a case sees it: what goes wrong in it is a finding. */
export async function openTab(t: CaseContext<unknown>, profile: Profile, elsewhere: boolean): Promise<CaseTab> {
  t.scope.story.tell('a tab opens');
  return new CaseTab(t, await profile.tab({ elsewhere }));
}

export class CaseTab {
  readonly tab: Tab;
  readonly #t: CaseContext<unknown>;

  constructor(t: CaseContext<unknown>, tab: Tab) {
    this.#t = t;
    this.tab = tab;
  }

  /** A connected client in the page. */
  async connect(library: PageLibrary, options: Partial<PageClientOptions> = {}): Promise<PageClient> {
    const t = this.#t;
    t.scope.story.tell(`${library === 'own' ? 'the page' : 'MQTT.js in the page'} connects`);
    const asked = {
      clientId: t.clientId(),
      clean: true,
      keepAlive: 60,
      reconnectMs: 0,
      ...t.credentials(),
      ...options,
    };
    const client = await judged(t, this.tab.connect(library, asked));
    return {
      ...client,
      subscribe: (...input) => judged(t, client.subscribe(...input)),
      publish: (...input) => judged(t, client.publish(...input)),
      message: () => judged(t, client.message()),
      again: () => judged(t, client.again()),
      end: () => judged(t, client.end()),
      close: () => judged(t, client.close()),
      ended: () => judged(t, client.ended()),
    };
  }

  /** How a client in the page was kept out, at whatever stage; undefined: it was let in. */
  async refusal(): Promise<string | undefined> {
    const t = this.#t;
    t.scope.story.tell('the page tries to connect');
    const asked = { clientId: t.clientId(), clean: true, keepAlive: 60, reconnectMs: 0, ...t.credentials() };
    try {
      await (await this.tab.connect('own', asked)).end();
      return undefined;
    } catch (error) {
      if (error instanceof NotOpened && error.report.canceled === true) throw new SetupFailed(CANCELED);
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** The handshake alone, whatever comes of it. */
  async socket(protocols: readonly string[] = ['mqtt']): Promise<SocketReport> {
    this.#t.scope.story.tell(`the page opens a WebSocket with ${protocols.join(', ')}`);
    return judged(this.#t, this.tab.socket(protocols));
  }

  cut(): void {
    this.#t.scope.story.tell('the connection is cut');
    this.tab.cut();
  }

  async reload(): Promise<void> {
    this.#t.scope.story.tell('the page is loaded again');
    await this.tab.reload();
  }

  async close(): Promise<void> {
    this.#t.scope.story.tell('the tab is closed');
    await this.tab.close();
  }
}

/** What the page could not do on this broker is what the case is about; what a browser can't have is not. */
async function judged<T>(t: CaseContext<unknown>, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof NotOpened) {
      const { status, canceled = false } = error.report;
      if (canceled) throw new SetupFailed(CANCELED);
      // Who may connect is the operator's choice, and a page can neither hide where it comes from nor send a token.
      if (status === 401 || status === 403) {
        throw new Skipped(
          `the server refuses the origin of the page by ${status}: --header 'Origin: …' names one that it admits`,
        );
      }
      return unmet(t.scope, { requirement: brokenBy(error.report), message });
    }
    return unmet(t.scope, { message, evidence: message.includes('within') ? 'deadline' : 'wire' });
  }
}
