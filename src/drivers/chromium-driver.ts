/**
 * Chromium behind the interface of `#kit`: started when the first case asks, and shared by all. So is its context: one for each
 * case would take three times the work (0.3 s of a core instead of 0.1), and the page stores nothing.
 */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startRelay } from '#net';
import type { Target } from '#target';
import type { BrowserDriver, ForeignDoor, Profile, Tab } from '#kit';
import { startOrigin, resourceAt, type Origin } from './chromium-origin.ts';
import { SocketWatch } from './chromium-sockets.ts';
import { ChromiumTab } from './chromium-tab.ts';

const VIEW = { width: 640, height: 360 } as const;

export interface OwnedBrowserDriver {
  readonly open: BrowserDriver;
  readonly close: () => Promise<void>;
}

export function chromiumDriver(executablePath: string): OwnedBrowserDriver {
  const contexts = new Map<string, Promise<BrowserContext>>();
  let origin: Promise<Origin> | undefined;
  return {
    open: async (door) => {
      const { key, args } = launchOf(door);
      const launching = contexts.get(key) ?? launch(executablePath, args);
      contexts.set(key, launching);
      origin ??= startOrigin();
      const [context, { url }] = await Promise.all([launching, origin]);
      return new ChromiumProfile(context, door, url);
    },
    close: async () => {
      const started = [...contexts.values()];
      contexts.clear();
      // A browser that did not start has nothing to close.
      await Promise.allSettled(started.map(async (context) => (await context).browser()?.close()));
      await (await origin)?.close();
      origin = undefined;
    },
  };
}

async function launch(executablePath: string, args: readonly string[]): Promise<BrowserContext> {
  const browser: Browser = await chromium.launch({ executablePath, args: [...args] });
  // A page that stands at an origin elsewhere would have to ask its user before it connects to this machine.
  return browser.newContext({ viewport: VIEW, permissions: ['local-network-access'] });
}

/** What a browser process is started with, and which doors can share it. */
function launchOf({ endpoint, target }: ForeignDoor): { readonly key: string; readonly args: readonly string[] } {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Pages call the target by its name, as its certificate and its virtual hosts know it, and find the relay there.
  const mapped = isOwn(endpoint.host) ? [] : [`--host-resolver-rules=MAP ${endpoint.host} 127.0.0.1`];
  // Only secure contexts may ask for what is permitted above.
  const origin = namedOrigin(target);
  const trusted = origin === undefined ? [] : [`--unsafely-treat-insecure-origin-as-secure=${origin}`];
  const args = [...mapped, ...trusted];
  return { key: args.join(' '), args: [...sandbox, '--no-proxy-server', ...args] };
}

/** The one that the target was said to admit. */
function namedOrigin({ headers }: Target): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'origin')?.[1];
}

const isOwn = (host: string): boolean => host === '127.0.0.1' || host === 'localhost';

class ChromiumProfile implements Profile {
  readonly #context: BrowserContext;
  readonly #door: ForeignDoor;
  readonly #local: string;
  readonly #tabs: ChromiumTab[] = [];

  constructor(context: BrowserContext, door: ForeignDoor, local: string) {
    this.#context = context;
    this.#door = door;
    this.#local = local;
  }

  async tab({ elsewhere }: { readonly elsewhere: boolean }): Promise<Tab> {
    const door = this.#door;
    const { host, port, path, transport } = door.endpoint;
    const number = this.#tabs.length + 1;
    const [page, relay] = await Promise.all([
      this.#context.newPage(),
      startRelay({ target: { host, port }, clock: door.clock, record: false }),
    ]);
    const watch = await SocketWatch.start(await this.#context.newCDPSession(page), door, `tab ${number}`);
    page.on('console', (message) => watch.said(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => watch.said(`error of the page: ${error.message}`));
    const origin = elsewhere ? this.#local : await this.#originOf(page);
    await page.goto(`${origin}/`);
    const name = host.includes(':') ? `[${host}]` : host;
    const url = `${transport}://${name}:${relay.port}${path}`;
    const tab = new ChromiumTab({ page, relay, watch, door, origin, url, number });
    this.#tabs.push(tab);
    return tab;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#tabs.map((tab) => tab.dispose()));
  }

  /** Where a list has to admit the page: it stands there as if it had been served from there. */
  async #originOf(page: Page): Promise<string> {
    const named = namedOrigin(this.#door.target);
    if (named === undefined) return this.#local;
    await page.route(`${named}/**`, async (route) => {
      const resource = await resourceAt(new URL(route.request().url()).pathname);
      await route.fulfill(
        resource === undefined ? { status: 404 } : { contentType: resource.type, body: resource.body },
      );
    });
    return named;
  }
}
