// The script of the pages that run in a browser, from its sources in one file: a page of a hundred modules takes half a second to load.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './command.mjs';

const FOLDER = path.join(ROOT, 'src', 'drivers', 'chromium-page');
const OUTPUT = path.join(ROOT, 'dist', 'src', 'drivers', 'chromium-page', 'bundle.mjs');
/** What goes into it. */
const SOURCES = [FOLDER, path.join(ROOT, 'src', 'wire')];

/** Nothing happens where the file is newer than all that goes into it. */
export async function bundlePages() {
  if (written(OUTPUT) > Math.max(...SOURCES.flatMap(filesBelow).map(written))) return;
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path.join(FOLDER, 'main.ts')],
    outfile: OUTPUT,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    conditions: ['mqttspec-source'],
    // MQTT.js is large: who doesn't need it doesn't load it.
    external: ['mqtt'],
  });
}

const written = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundlePages();
