/**
 * Chromium behind the interface of `#kit`: started when the first case asks, and shared by all. So is its context: one for each
 * case would take three times the work (0.3 s of a core instead of 0.1), and the page stores nothing.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { startRelay, type RelayChunk } from '#net';
import { shownHost } from '#target';
import type { BrowserDriver, ForeignDoor, Profile, Tab } from '#kit';
import { startOrigin, resourceAt, type Origin } from './chromium-origin.ts';
import { BrowserProcesses, namedOrigin } from './chromium-process.ts';
import { SocketWatch } from './chromium-sockets.ts';
import { ChromiumTab } from './chromium-tab.ts';

export interface OwnedBrowserDriver {
  readonly open: BrowserDriver;
  readonly close: () => Promise<void>;
}

export function chromiumDriver(executablePath: string): OwnedBrowserDriver {
  const processes = new BrowserProcesses(executablePath);
  let origin: Promise<Origin> | undefined;
  return {
    open: async (door) => {
      origin ??= startOrigin();
      const [context, { url }] = await Promise.all([processes.contextFor(door), origin]);
      return new ChromiumProfile(context, door, url);
    },
    close: async () => {
      await processes.close();
      await (await origin)?.close();
      origin = undefined;
    },
  };
}

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
    const { endpoint, target } = door;
    const { host, port, path, transport } = endpoint;
    const number = this.#tabs.length + 1;
    const page = await this.#context.newPage();
    const watch = await SocketWatch.start(await this.#context.newCDPSession(page), door, `tab ${number}`);
    const onChunk = (chunk: RelayChunk): void => watch.relayed(chunk);
    const relay = await startRelay({ target: { host, port }, clock: door.clock, record: false, onChunk });
    page.on('console', (message) => watch.said(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => watch.said(`error of the page: ${error.message}`));
    const origin = elsewhere ? this.#local : await this.#originOf(page);
    await page.goto(`${origin}/`);
    const url = `${transport}://${target.tls.servername ?? shownHost(host)}:${relay.port}${path}`;
    const tab = new ChromiumTab({ page, relay, watch, door, origin, url, number });
    this.#tabs.push(tab);
    if (transport === 'wss') tab.visit();
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
