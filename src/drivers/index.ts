/** Clients of other hands, each loaded only when a case asks for it. */
import { createRequire } from 'node:module';
import type { BrowserDriver, Drivers } from '#kit';
import type { OwnedBrowserDriver } from './chromium-driver.ts';
import { chromiumPath } from './chromium.ts';

export { chromiumPath };

export interface OwnedDrivers extends Drivers {
  /** Ends what they started. */
  readonly close: () => Promise<void>;
}

/** What is installed here; what isn't says how to get it. Nothing is started before a case asks. */
export function installedDrivers(): OwnedDrivers {
  const browser = chromiumOnDemand();
  return {
    mqttjs: has('mqtt') ? mqttjs : { why: 'MQTT.js is not installed: npm install mqtt' },
    browser: browser.driver,
    close: browser.close,
  };
}

function chromiumOnDemand(): { readonly driver: Drivers['browser']; readonly close: () => Promise<void> } {
  const path = chromiumPath();
  const nothing = (why: string) => ({ driver: { why }, close: () => Promise.resolve() });
  if (path === undefined)
    return nothing('there is no Chromium here: apt-get install chromium, or MQTTSPEC_CHROMIUM=<program>');
  if (!has('playwright-core')) return nothing('what drives Chromium is not installed: npm install playwright-core');
  let loading: Promise<OwnedBrowserDriver> | undefined;
  const driver: BrowserDriver = async (door) => {
    loading ??= import('./chromium-driver.ts').then(({ chromiumDriver }) => chromiumDriver(path));
    return (await loading).open(door);
  };
  return { driver, close: async () => (await loading)?.close() };
}

const mqttjs: Extract<Drivers['mqttjs'], (...all: never) => unknown> = async (door, options) => {
  const { openMqttJs } = await import('./mqttjs.ts');
  return openMqttJs(door, options);
};

function has(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
