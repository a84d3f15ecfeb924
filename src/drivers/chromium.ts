/** Where Chromium is. */
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The program that `MQTTSPEC_CHROMIUM` names, or one that is installed; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env['MQTTSPEC_CHROMIUM'];
  return (named === undefined || named === '' ? PLACES : [named]).find((path) => existsSync(path));
}
