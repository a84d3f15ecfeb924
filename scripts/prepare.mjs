import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleScriptsIfOlder } from '../load/k6/build/bundle.mjs';
import { bundlePages } from './bundle-pages.mjs';
import { ROOT, binary, runNode } from './command.mjs';

const LOCK = path.join(ROOT, 'package-lock.json');
const PACKAGES = path.join(ROOT, 'node_modules');
const STAMP = path.join(PACKAGES, '.mqttspec-installed');
const DIST = path.join(ROOT, 'dist');

/** `prepare` for commands: ends the process with one sentence where it fails. */
export async function prepareOrExit() {
  try {
    await prepare();
  } catch (error) {
    process.stderr.write(`mqttspec could not be prepared: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(4);
  }
}

/** Installs what the lock file says if that has changed, and builds what has changed. All that children print goes to stderr. */
export async function prepare() {
  install();
  await build();
}

function install() {
  const wanted = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  // npm would follow the link and empty the folder of somebody else's checkout.
  if (lstatSync(PACKAGES, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error('node_modules is a link, and what it points to is not what package-lock.json says');
  }
  process.stderr.write('Installing the packages of package-lock.json …\n');
  // .npmrc silences npm for the sake of `npm start -- … --json`; here its errors are wanted.
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const command = npm === undefined ? ['npm', args] : [process.execPath, [npm, ...args]];
  const { status } = spawnSync(...command, { cwd: ROOT, stdio: ['ignore', process.stderr, process.stderr] });
  if (status !== 0) throw new Error('npm ci failed: its message stands above. Is the registry reachable?');
  writeFileSync(STAMP, wanted);
}

async function build() {
  removeOrphans();
  // Without outputs the build information would claim that there is nothing to do.
  const force = existsSync(path.join(DIST, 'src')) ? [] : ['--force'];
  const { code } = await runNode(binary('typescript', 'tsc'), ['-b', 'tsconfig.build.json', ...force], {
    show: 'errors',
  });
  if (code !== 0) throw new Error('the build failed: its messages stand above.');
  await bundlePages();
  await bundleScriptsIfOlder();
}

/** The compiler leaves the outputs of deleted and renamed sources behind; an old module must not be found. */
function removeOrphans() {
  if (!existsSync(DIST)) return;
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    const source = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(entry.name)?.[1];
    if (!entry.isFile() || source === undefined) continue;
    const output = path.join(entry.parentPath, entry.name);
    const folder = path.join(ROOT, path.relative(DIST, entry.parentPath));
    if (!existsSync(path.join(folder, `${source}.ts`))) rmSync(output);
  }
}
