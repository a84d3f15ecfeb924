import { createRequire } from 'node:module';

/** Of this package. */
export function toolVersion(): string {
  const { version } = createRequire(import.meta.url)('mqttspec/package.json') as { readonly version: string };
  return version;
}
