/** Browser processes: one for each store of certificates and each name of a target, started when somebody asks. */
import { createHash } from 'node:crypto';
import { chromium, type BrowserContext } from 'playwright-core';
import type { ForeignDoor } from '#kit';
import { isTls, type Target } from '#target';
import { makeHome } from './chromium-store.ts';

const VIEW = { width: 640, height: 240 } as const;

export interface BrowserProcess {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export class BrowserProcesses {
  readonly #executablePath: string;
  readonly #started = new Map<string, Promise<BrowserProcess>>();

  constructor(executablePath: string) {
    this.#executablePath = executablePath;
  }

  /** The context that all tabs of such a door share. */
  async contextFor(door: ForeignDoor): Promise<BrowserContext> {
    const key = keyOf(door);
    const starting = this.#started.get(key) ?? this.#start(door);
    this.#started.set(key, starting);
    return (await starting).context;
  }

  async close(): Promise<void> {
    const started = [...this.#started.values()];
    this.#started.clear();
    // One that did not start has nothing to close.
    await Promise.allSettled(started.map(async (one) => (await one).close()));
  }

  async #start({ endpoint, target }: ForeignDoor): Promise<BrowserProcess> {
    const executablePath = this.#executablePath;
    const args = argumentsFor({ endpoint, target });
    // A page that stands at an origin elsewhere would have to ask its user before it connects to this machine.
    const page = { viewport: VIEW, permissions: ['local-network-access'] };
    if (!isTls(endpoint.transport)) {
      const browser = await chromium.launch({ executablePath, args, ...OUR_SIGNALS });
      return { context: await browser.newContext(page), close: () => browser.close() };
    }
    const home = await makeHome(target.tls);
    try {
      const env = { ...process.env, HOME: home.folder } as Record<string, string>;
      const context = await chromium.launchPersistentContext(home.profile, {
        executablePath,
        args,
        env,
        ...page,
        ...OUR_SIGNALS,
      });
      const close = async (): Promise<void> => {
        await context.close();
        await home.remove();
      };
      return { context, close };
    } catch (error) {
      await home.remove();
      throw error;
    }
  }
}

/** Whoever runs cases ends in order when he is interrupted; the library would end the process at once. */
const OUR_SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false } as const;

type Started = Pick<ForeignDoor, 'endpoint' | 'target'>;

function argumentsFor({ endpoint, target }: Started): string[] {
  const origin = namedOrigin(target);
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--no-proxy-server',
    // Pages call the target by its name, as its certificate and its virtual hosts know it, and find the relay there.
    ...(isOwn(endpoint.host) ? [] : [`--host-resolver-rules=MAP ${endpoint.host} 127.0.0.1`]),
    // Only secure contexts may be permitted what they are above.
    ...(origin === undefined ? [] : [`--unsafely-treat-insecure-origin-as-secure=${origin}`]),
    ...(target.tls.verify ? [] : ['--ignore-certificate-errors']),
  ];
}

/** What has the same can share a process; secrets don't stand in the key. */
function keyOf({ endpoint, target }: Started): string {
  const args = argumentsFor({ endpoint, target });
  if (!isTls(endpoint.transport)) return args.join(' ');
  const { ca, cert, key, passphrase, pfx } = target.tls;
  const hash = createHash('sha256').update(JSON.stringify([ca, cert, key, passphrase]));
  if (pfx !== undefined) hash.update(pfx);
  return `${args.join(' ')} ${hash.digest('hex')}`;
}

/** The origin that the target was said to admit. */
export function namedOrigin({ headers }: Pick<Target, 'headers'>): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'origin')?.[1];
}

const isOwn = (host: string): boolean => host === '127.0.0.1' || host === 'localhost';
