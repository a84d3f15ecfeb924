// `npm run k6:build [-- VERSION] [--mqtt [--source FOLDER]]`: builds k6 by the recipe beside this file into the cache, once,
// and prints the path of the binary on stdout. It needs Go; it takes one to five minutes and runs at low priority.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, setPriority } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_VERSION, GO_NEEDED, folderName, moduleFiles } from './recipe.mjs';

const USAGE = `Usage: npm run k6:build [-- VERSION] [-- --mqtt [--source FOLDER]]

  VERSION          which k6 (default ${DEFAULT_VERSION})
  --mqtt           with the extension grafana/xk6-mqtt (k6/x/mqtt)
  --source FOLDER  its source, where the Go module proxy does not have it
`;

process.exitCode = main();

function main() {
  const wanted = read();
  if (wanted === undefined) return 2;
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const folder = path.join(cache, 'mqttspec', folderName(wanted));
  const binary = path.join(folder, process.platform === 'win32' ? 'k6.exe' : 'k6');
  if (!existsSync(binary)) {
    const lacking = goLacking();
    if (lacking !== undefined) return failed(lacking);
    if (!build(wanted, folder, binary)) return failed('go build failed: its messages stand above');
  }
  process.stdout.write(`${binary}\n`);
  return 0;
}

function read() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { mqtt: { type: 'boolean', default: false }, source: { type: 'string' } },
    });
    const [version = DEFAULT_VERSION, ...rest] = positionals;
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) || rest.length > 0)
      throw new Error(`no version: ${positionals.join(' ')}`);
    if (values.source !== undefined && !values.mqtt) throw new Error('--source is the source of --mqtt');
    return { version, mqtt: values.mqtt, ...(values.source && { source: path.resolve(values.source) }) };
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return undefined;
  }
}

/** Why this machine can't build it. */
function goLacking() {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const needed = GO_NEEDED.join('.');
  if (status !== 0)
    return `Go ${needed} or newer is needed to build k6 (https://go.dev/dl), and there is no go on the PATH`;
  const [major = 0, minor = 0] = stdout.replace('go', '').split('.').map(Number);
  const old = major < GO_NEEDED[0] || (major === GO_NEEDED[0] && minor < GO_NEEDED[1]);
  return old ? `Go ${needed} or newer is needed to build k6; this is ${stdout.trim()}` : undefined;
}

function build(wanted, folder, binary) {
  const started = performance.now();
  const work = path.join(folder, 'module');
  mkdirSync(work, { recursive: true });
  for (const [name, content] of Object.entries(moduleFiles(wanted))) writeFileSync(path.join(work, name), content);
  // Its children inherit it: the machine stays usable.
  setPriority(15);
  const args = ['build', '-mod=mod', '-buildvcs=false', '-trimpath', '-ldflags=-s -w', '-o', `${binary}.new`, '.'];
  const { status } = spawnSync('go', args, { cwd: work, stdio: ['ignore', process.stderr, process.stderr] });
  if (status !== 0) return false;
  // A build that was cut off must not be taken for a binary.
  renameSync(`${binary}.new`, binary);
  rmSync(work, { recursive: true });
  process.stderr.write(`built in ${Math.round((performance.now() - started) / 1000)} s: ${folderName(wanted)}\n`);
  return true;
}

function failed(sentence) {
  process.stderr.write(`k6 was not built: ${sentence}\n`);
  return 1;
}
