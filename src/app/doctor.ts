/** What of the real parts is on this machine, what each is for, and how to get it. Starts and installs nothing. */
import { createRequire } from 'node:module';
import type { LocalAvailability } from '#catalogue';
import type { Drivers } from '#kit';

export interface DoctorPart {
  /** `node`, `mqttjs`, `chromium`, `container-engine`, `k6`, `xk6-mqtt`, `broker:mosquitto`. */
  readonly id: string;
  readonly title: string;
  readonly found: boolean;
  /** Nothing works without it; without the others something is left out. */
  readonly required: boolean;
  /** What it is for. */
  readonly purpose: string;
  /** Which one was found, or why it is taken for missing. */
  readonly detail?: string;
  /** How to get it; only where it is missing. */
  readonly install?: string;
}

export async function doctor(): Promise<readonly DoctorPart[]> {
  // Loaded here: nobody else waits for them.
  const { containerEngineMissing, localAvailability } = await import('#catalogue');
  const { chromiumPath, installedDrivers } = await import('#drivers');
  return [
    nodeJs(process.versions.node, wantedNode()),
    mqttJs(installedDrivers().mqttjs),
    chromium(chromiumPath()),
    containerEngine(await containerEngineMissing()),
    ...(await k6Parts()),
    ...localAvailability().map(localBroker),
  ];
}

/** The oldest Node.js that package.json allows: `20.19`. */
function wantedNode(): string {
  const { engines } = createRequire(import.meta.url)('mqttspec/package.json') as { readonly engines: { node: string } };
  return engines.node.replace(/^>=/, '');
}

/** Versions as `20.19.0`: the wanted one may leave out its end. */
export function nodeJs(version: string, wanted: string): DoctorPart {
  const found = version.localeCompare(wanted, 'en', { numeric: true }) >= 0;
  const part = { id: 'node', title: 'Node.js', found, required: true, purpose: 'everything', detail: version };
  return found ? part : { ...part, install: `${wanted} or newer, from https://nodejs.org` };
}

function mqttJs(driver: Drivers['mqttjs']): DoctorPart {
  const part = { id: 'mqttjs', title: 'MQTT.js', required: false, purpose: 'the cases of suites/interop' };
  return driver !== undefined && 'why' in driver
    ? { ...part, found: false, install: 'npm install mqtt' }
    : { ...part, found: true };
}

function chromium(path: string | undefined): DoctorPart {
  const part = {
    id: 'chromium',
    title: 'Chromium',
    required: false,
    purpose: 'the cases of suites/browser, and the tests of the HTML report (npm test)',
  };
  return path === undefined
    ? { ...part, found: false, install: 'Debian: apt-get install chromium; another place: MQTTSPEC_CHROMIUM=<program>' }
    : { ...part, found: true, detail: path };
}

function containerEngine(missing: string | undefined): DoctorPart {
  const part = { id: 'container-engine', title: 'container engine', required: false, purpose: 'run --broker NAME' };
  return missing === undefined
    ? { ...part, found: true }
    : { ...part, found: false, detail: missing, install: 'Docker, running; DOCKER_HOST where it is elsewhere' };
}

/** The program, and whether it has the extension: the one is of no use without the other. */
async function k6Parts(): Promise<DoctorPart[]> {
  const { findK6, HOW_TO_GET_K6, K6Error } = await import('#load');
  const k6 = { id: 'k6', title: 'k6', required: false, purpose: 'load run --engine k6' };
  const extension = {
    id: 'xk6-mqtt',
    title: 'k6 with xk6-mqtt',
    required: false,
    purpose: 'load run --engine xk6-mqtt',
  };
  const build = 'npm run k6:build -- --mqtt in a clone, or xk6 build --with github.com/grafana/xk6-mqtt';
  try {
    const { path, version, mqttExtension } = await findK6();
    return [
      { ...k6, found: true, detail: `${version}, ${path}` },
      mqttExtension === undefined
        ? { ...extension, found: false, install: build }
        : { ...extension, found: true, detail: mqttExtension },
    ];
  } catch (error) {
    if (!(error instanceof K6Error)) throw error;
    return [
      { ...k6, found: false, detail: error.message, install: HOW_TO_GET_K6 },
      { ...extension, found: false, install: build },
    ];
  }
}

function localBroker({ name, title, installed, install }: LocalAvailability): DoctorPart {
  const part = { id: `broker:${name}`, title, required: false, purpose: `run --broker ${name} --local` };
  return installed ? { ...part, found: true } : { ...part, found: false, install };
}
