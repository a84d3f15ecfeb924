/** Clients of other hands, each loaded only when a case asks for it. */
import { createRequire } from 'node:module';
import type { Drivers } from '#kit';

export { chromiumPath } from './chromium.ts';

/** What is installed here; what isn't says how to get it. */
export function installedDrivers(): Drivers {
  return { mqttjs: has('mqtt') ? mqttjs : { why: 'MQTT.js is not installed: npm install mqtt' } };
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
