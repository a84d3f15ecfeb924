// Bundles the scripts that k6 runs: our codec, the plan's topology and the virtual user in one file each, which needs nothing but k6.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Nothing of ours does anything by being imported, so what a script does not use stays out: the schemas, above all. */
const withoutSideEffects = {
  name: 'without-side-effects',
  setup(build) {
    // Passed by on the way to what is used; the check below sees that none of it stays.
    build.onResolve({ filter: /^node:/ }, ({ path: name }) => ({ path: name, external: true, sideEffects: false }));
    build.onResolve({ filter: /^(#|\.)/ }, async ({ path: wanted, pluginData, ...from }) => {
      if (pluginData === 'seen' || from.kind === 'entry-point') return undefined;
      const found = await build.resolve(wanted, { ...from, pluginData: 'seen' });
      return { ...found, sideEffects: false };
    });
  },
};

const NAMES = ['websockets', 'x-mqtt'];

/** `names`: which of the scripts; gives the texts, and writes them where a folder is named. */
export async function bundleScripts(folder, names = NAMES) {
  const { build } = await import('esbuild');
  const made = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => path.join(ROOT, 'load', 'k6', 'script', `${name}.ts`)),
    outdir: folder ?? path.join(ROOT, 'dist'),
    write: folder !== undefined,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    conditions: ['mqttspec-source'],
    external: ['k6', 'k6/*'],
    plugins: [withoutSideEffects],
  });
  return made.outputFiles;
}

const OUTPUT = path.join(ROOT, 'dist', 'load', 'k6', 'script');
/** What goes into them. */
const SOURCES = ['load', 'src/wire', 'src/results'].map((folder) => path.join(ROOT, folder));

/** Nothing happens where the outputs are newer than all that goes into them: `npm start` waits for this. */
export async function bundleScriptsIfOlder() {
  const newest = Math.max(...SOURCES.flatMap(filesBelow).map(written));
  if (NAMES.every((name) => written(path.join(OUTPUT, `${name}.js`)) > newest)) return;
  await bundleScripts(OUTPUT);
}

const written = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await bundleScripts(OUTPUT);
