/** The script as k6 gets it: what it is to do, in front of what does it. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { K6Engine } from './can-carry.ts';
import type { ScriptConfig } from './shared/config.ts';

const BUNDLES: { readonly [Name in K6Engine]: string } = { k6: 'websockets.js', 'xk6-mqtt': 'x-mqtt.js' };

/** Path of the bundled script of an engine; the build makes it. */
export function scriptFile(engine: K6Engine): string {
  const manifest = createRequire(import.meta.url).resolve('mqttspec/package.json');
  return path.join(path.dirname(manifest), 'dist', 'load', 'k6', 'script', BUNDLES[engine]);
}

/** `head`: comment lines. */
export function scriptText(config: ScriptConfig, bundle: string, head = ''): string {
  return `${head}const MQTTSPEC_CONFIG = ${JSON.stringify(config)};\n${bundle}`;
}
