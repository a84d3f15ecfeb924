/** Every option once: name, type, default, help and environment variable. Help, parsing and types come from here. */

export interface OptionDefinition {
  /** `flag`: there or not · `count`: how often · `text`, `number`, `choice`: one value · `list`: once for each value · `words`: comma-separated, too. */
  readonly kind: 'flag' | 'count' | 'text' | 'number' | 'choice' | 'list' | 'words';
  readonly short?: string;
  /** Where it isn't the key in other letters: two commands may mean different things by one flag. */
  readonly flag?: string;
  /** How help calls the value. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly default?: string | number;
  readonly min?: number;
  readonly max?: number;
  readonly help: string;
  readonly env?: string;
}

/** As in `#app`, which is not loaded for the sake of a help text. */
const LOAD_ENGINES = ['embedded', 'k6', 'xk6-mqtt'] as const;

/** The key is the flag in camel case: `passwordFile` is `--password-file`. */
export const OPTIONS = {
  also: { kind: 'list', value: 'URL', help: 'a further endpoint of the same broker, for comparison' },
  mqtt: {
    kind: 'choice',
    choices: ['3.1.1', '5.0'],
    help: 'only this version (default: what the broker speaks)',
    env: 'MQTTSPEC_MQTT',
  },
  username: { kind: 'text', value: 'NAME', help: 'user name of CONNECT', env: 'MQTTSPEC_USERNAME' },
  passwordFile: { kind: 'text', value: 'FILE', help: 'its password, from a file (or from MQTTSPEC_PASSWORD)' },
  header: { kind: 'list', value: "'NAME: VALUE'", help: 'a further header of the WebSocket upgrade' },
  cacert: { kind: 'text', value: 'FILE', help: 'trust these certificates (PEM) instead of the system’s' },
  cert: { kind: 'text', value: 'FILE', help: 'client certificate with its chain (PEM)' },
  key: { kind: 'text', value: 'FILE', help: 'private key of the client certificate (PEM)' },
  pfx: { kind: 'text', value: 'FILE', help: 'client certificate and key in one file (PKCS #12)' },
  passphraseFile: {
    kind: 'text',
    value: 'FILE',
    help: 'passphrase of --key or --pfx, from a file (or from MQTTSPEC_PASSPHRASE)',
  },
  pki: {
    kind: 'text',
    value: 'DIR',
    help: 'certificates of ‘mqttspec certs make’: its root is trusted, its certificates are tried or shown',
    env: 'MQTTSPEC_PKI',
  },
  requireClientCert: { kind: 'flag', help: 'the TLS listener requires a client certificate' },
  crl: { kind: 'flag', help: 'with --pki: refuse what its revocation lists name' },
  identity: { kind: 'flag', help: 'with --pki: the common name of the certificate is the user' },
  servername: { kind: 'text', value: 'NAME', help: 'name sent as SNI and looked for in the certificate' },
  insecure: { kind: 'flag', help: 'accept any server certificate' },
  declare: {
    kind: 'words',
    value: 'WORDS',
    help: 'what the target is configured to do and no probe can tell: crl, identity, acl, path-bound…',
  },
  broker: {
    kind: 'text',
    value: 'NAME',
    help: 'start this broker of the catalogue and check it: mosquitto, emqx, hivemq…',
  },
  local: { kind: 'flag', help: 'with --broker: as a process that is installed here, not in a container' },
  image: {
    kind: 'text',
    value: 'REF',
    help: 'with --broker: this image instead of the pinned one; export k6-operator: image of the runners',
  },
  label: { kind: 'text', value: 'NAME', help: 'what the reports call the broker' },
  topicPrefix: { kind: 'text', value: 'PREFIX', help: 'all topics begin with it', env: 'MQTTSPEC_TOPIC_PREFIX' },
  clientIdPrefix: {
    kind: 'text',
    value: 'PREFIX',
    help: 'all client identifiers begin with it',
    env: 'MQTTSPEC_CLIENT_ID_PREFIX',
  },
  allow: {
    kind: 'words',
    value: 'RISKS',
    choices: ['intrusive', 'destructive'],
    help: 'cases that may disturb or stop a broker that is not on this machine',
  },
  only: {
    kind: 'list',
    value: 'QUERY',
    help: 'selection, as the words after the URL: connect, suite:handshake, id:connect/*, req:5.0/MQTT-3.1.*, !slow',
  },
  seed: { kind: 'text', value: 'TEXT', help: 'repeat a run with the same order and identifiers', env: 'MQTTSPEC_SEED' },
  concurrency: {
    kind: 'number',
    value: 'N',
    min: 1,
    max: 256,
    help: 'instances at the same time',
    env: 'MQTTSPEC_CONCURRENCY',
  },
  timeLimit: {
    kind: 'number',
    value: 'SECONDS',
    min: 1,
    help: 'end the run after this time; the rest is not run',
    env: 'MQTTSPEC_TIME_LIMIT',
  },
  strict: { kind: 'flag', help: 'warnings fail the run, too' },
  allowInconclusive: { kind: 'flag', help: 'inconclusive cases alone do not fail the run' },
  out: { kind: 'text', value: 'DIR', default: 'mqttspec-out', help: 'folder of the reports', env: 'MQTTSPEC_OUT' },
  html: { kind: 'flag', help: 'write an HTML report (what is written if no format is named)' },
  junit: { kind: 'flag', help: 'write a JUnit XML report' },
  markdown: { kind: 'flag', help: 'of a load run: write a summary in Markdown' },
  csv: { kind: 'flag', help: 'of a load run: write its series as CSV' },
  json: { kind: 'flag', help: 'print one JSON document to stdout and nothing else' },
  events: { kind: 'flag', help: 'print what happens to stdout, one JSON object a line (NDJSON)' },
  verbose: { kind: 'count', short: 'v', help: '-v: transcripts of passes, too; -vv: with octets' },
  quiet: { kind: 'flag', short: 'q', help: 'one line: the conclusion' },
  fault: { kind: 'words', value: 'NAME', help: 'misbehave in this way (mqttspec list faults)' },
  variant: { kind: 'words', value: 'NAME', help: 'do it the other allowed way (mqttspec list variants)' },
  host: { kind: 'text', value: 'ADDRESS', default: '127.0.0.1', help: 'address to listen on', env: 'MQTTSPEC_HOST' },
  port: {
    kind: 'number',
    value: 'PORT',
    min: 0,
    max: 65_535,
    default: 1883,
    help: 'port of MQTT over TCP; 0: any',
    env: 'MQTTSPEC_PORT',
  },
  wsPort: {
    kind: 'number',
    value: 'PORT',
    min: 0,
    max: 65_535,
    default: 9001,
    help: 'port of MQTT over WebSocket; 0: any',
    env: 'MQTTSPEC_WS_PORT',
  },
  wssPort: {
    kind: 'number',
    value: 'PORT',
    min: 0,
    max: 65_535,
    default: 8084,
    help: 'with --pki: port of MQTT over WebSocket with TLS; 0: any',
    env: 'MQTTSPEC_WSS_PORT',
  },
  mqttsPort: {
    kind: 'number',
    value: 'PORT',
    min: 0,
    max: 65_535,
    default: 8883,
    help: 'with --pki: port of MQTT over TCP with TLS; 0: any',
    env: 'MQTTSPEC_MQTTS_PORT',
  },
  path: { kind: 'text', value: 'PATH', help: 'serve WebSocket on this path only (default: on any)' },
  limits: {
    kind: 'words',
    value: 'NAME=VALUE',
    help: 'bounds that are advertised and enforced: receiveMaximum=5,maximumQos=1…',
  },
  users: {
    kind: 'text',
    value: 'FILE',
    help: 'who may connect, and to which topics (JSON; default: everybody, to all)',
  },
  log: { kind: 'flag', help: 'print the packets that come and go' },
  keyType: {
    kind: 'choice',
    flag: 'key',
    choices: ['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-4096', 'ed25519'],
    help: 'type of every key that has none of its own (default: ec-p256)',
  },
  days: {
    kind: 'number',
    value: 'N',
    min: 1,
    max: 3650,
    default: 365,
    help: 'days until everything that is valid ends',
  },
  hosts: {
    kind: 'list',
    flag: 'host',
    value: 'NAME',
    help: 'name or address of the server (default: localhost, 127.0.0.1 and ::1)',
  },
  cn: { kind: 'list', value: 'NAME', help: 'one more valid client, with this common name' },
  scenarios: {
    kind: 'list',
    flag: 'only',
    value: 'ID',
    help: 'only these scenarios, as client-valid-*; with ! in front: not these',
  },
  force: { kind: 'flag', help: 'replace certificates that are there, and nothing else' },
  trustable: { kind: 'flag', help: 'bind the root to local names, so that trusting it does little harm' },
  set: { kind: 'list', value: 'NAME=VALUE', help: 'another value for a parameter of the profile: --set rate=5K' },
  threshold: {
    kind: 'list',
    value: "'METRIC: EXPRESSION'",
    help: 'what must hold, as in k6: message_latency: p(99)<50, delivered: rate>0.99, messages_lost: count==0',
  },
  stopOn: {
    kind: 'list',
    value: "'METRIC: EXPRESSION'",
    help: 'stop the run as soon as this no longer holds',
  },
  engine: { kind: 'choice', choices: LOAD_ENGINES, default: 'embedded', help: 'what makes the load' },
  k6: { kind: 'text', value: 'PATH', help: 'the k6 binary of --engine k6 or xk6-mqtt (default: K6_BIN, or the PATH)' },
  repeat: { kind: 'number', value: 'N', min: 1, max: 100, default: 1, help: 'run it so often, to see the noise' },
  compare: { kind: 'list', value: 'FILE', help: 'compare with the saved result of an earlier run' },
  save: { kind: 'text', value: 'FILE', help: 'write the result (JSON); with several runs: FILE with -1, -2…' },
  workers: {
    kind: 'number',
    value: 'N',
    min: 1,
    max: 64,
    help: 'threads (default: as many as the load needs), or virtual users of k6',
  },
  parallelism: { kind: 'number', value: 'N', min: 1, max: 1000, default: 4, help: 'export k6-operator: runners' },
  deflate: { kind: 'flag', help: 'offer permessage-deflate; the report says whether the broker agreed' },
  prometheus: {
    kind: 'text',
    value: '[HOST:]PORT',
    help: 'let Prometheus read the run while it goes on (default host: loopback)',
  },
  source: { kind: 'list', value: 'ADDRESS', help: 'a local address to connect from; several have more ports' },
  color: { kind: 'choice', choices: ['auto', 'always', 'never'], help: 'colours (also NO_COLOR, FORCE_COLOR)' },
  debug: { kind: 'flag', help: 'show the stack of an error' },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

export type OptionName = keyof typeof OPTIONS;

const COMMON = ['color', 'debug'] as const satisfies readonly OptionName[];

/** Which command takes which options, in the order of its help. */
export const COMMAND_OPTIONS = {
  run: [
    'also',
    'broker',
    'local',
    'image',
    'mqtt',
    'username',
    'passwordFile',
    'header',
    'cacert',
    'cert',
    'key',
    'pfx',
    'passphraseFile',
    'pki',
    'requireClientCert',
    'servername',
    'insecure',
    'declare',
    'label',
    'topicPrefix',
    'clientIdPrefix',
    'allow',
    'only',
    'seed',
    'concurrency',
    'timeLimit',
    'strict',
    'allowInconclusive',
    'out',
    'html',
    'junit',
    'json',
    'events',
    'verbose',
    'quiet',
    ...COMMON,
  ],
  broker: [
    'fault',
    'variant',
    'host',
    'port',
    'wsPort',
    'path',
    'pki',
    'wssPort',
    'mqttsPort',
    'requireClientCert',
    'crl',
    'identity',
    'limits',
    'users',
    'log',
    ...COMMON,
  ],
  list: ['json', ...COMMON],
  explain: ['json', ...COMMON],
  report: ['out', 'html', 'junit', 'markdown', 'csv', 'json', ...COMMON],
  certs: ['keyType', 'days', 'hosts', 'cn', 'scenarios', 'force', 'trustable', 'json', ...COMMON],
  load: [
    'set',
    'threshold',
    'stopOn',
    'engine',
    'k6',
    'repeat',
    'also',
    'compare',
    'save',
    'workers',
    'parallelism',
    'image',
    'source',
    'prometheus',
    'deflate',
    'mqtt',
    'username',
    'passwordFile',
    'header',
    'cacert',
    'cert',
    'key',
    'pfx',
    'passphraseFile',
    'pki',
    'servername',
    'insecure',
    'label',
    'topicPrefix',
    'clientIdPrefix',
    'out',
    'html',
    'junit',
    'markdown',
    'csv',
    'json',
    'quiet',
    ...COMMON,
  ],
  doctor: ['json', ...COMMON],
} as const satisfies Readonly<Record<string, readonly OptionName[]>>;

export type CommandName = keyof typeof COMMAND_OPTIONS;

/** Read from the environment only: a password on the command line is in every list of processes. */
export const PASSWORD_ENV = 'MQTTSPEC_PASSWORD';
export const PASSPHRASE_ENV = 'MQTTSPEC_PASSPHRASE';

type Definition<Name extends OptionName> = (typeof OPTIONS)[Name];
type Single<D> = D extends { readonly kind: 'number' }
  ? number
  : D extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
    ? Choice
    : string;

/** What a parsed option is. */
export type OptionValue<D extends OptionDefinition> = D['kind'] extends 'flag'
  ? boolean
  : D['kind'] extends 'count'
    ? number
    : D['kind'] extends 'list' | 'words'
      ? readonly string[]
      : D extends { readonly default: string | number }
        ? Single<D>
        : Single<D> | undefined;

export type Values<Command extends CommandName> = {
  readonly [Name in (typeof COMMAND_OPTIONS)[Command][number]]: OptionValue<Definition<Name>>;
};

/** `passwordFile` → `password-file`, unless it has a flag of its own. */
export function flagOf(name: string): string {
  const definition: OptionDefinition | undefined = isOption(name) ? OPTIONS[name] : undefined;
  return definition?.flag ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** How the parser files it. */
export function attributeOf(name: OptionName): string {
  return flagOf(name).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}
