/** Who may import whom: the third column of the layout. `types of` means: nothing of it is left at run time. */
const CORE = ['spec', 'io', 'wire', 'target', 'net', 'results'] as const;
const BELOW_APP = [
  ...CORE,
  'kit',
  'runner',
  'broker',
  'drivers',
  'catalogue',
  'term',
  'suites',
  'load',
  'certs-gen',
  'reports',
] as const;

export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  spec: [],
  io: [],
  wire: ['spec'],
  target: ['spec', 'types of certs-gen'],
  net: ['spec', 'io', 'wire', 'target'],
  results: ['spec', 'wire', 'target'],
  kit: CORE,
  runner: [...CORE, 'kit'],
  broker: ['spec', 'io', 'wire'],
  drivers: ['spec', 'io', 'wire', 'target', 'net', 'kit'],
  catalogue: ['spec', 'io', 'target', 'net'],
  proof: [...BELOW_APP, 'app'],
  term: ['spec', 'io', 'wire', 'results'],
  app: BELOW_APP,
  'index.ts': ['app', 'types of spec', 'types of target', 'types of results'],
  'broker.ts': ['broker', 'spec'],
  cli: ['app', 'term'],
  suites: ['kit', 'types of spec'],
  load: CORE,
  'certs-gen': [],
  reports: ['spec', 'wire', 'results'],
};

/** Node's own modules, by folder or file (a pure function of one, such as deflating, is no reach to the world); `*` is any. Whoever is absent runs where there is no Node. */
export const MAY_IMPORT_NODE: Readonly<Record<string, readonly string[]>> = {
  io: ['*'],
  net: ['net', 'tls', 'dns/promises'],
  'net/address-identity.ts': ['crypto', 'net', 'tls'],
  'broker/start.ts': ['net'],
  'broker/listeners.ts': ['net'],
  'broker/tls': ['crypto', 'net', 'stream', 'tls'],
  'target/parse-tls.ts': ['crypto', 'tls'],
  'reports/html/packs.ts': ['zlib'],
  'reports/html/policy.ts': ['crypto'],
  drivers: ['*'],
  catalogue: ['*'],
  app: ['*'],
  cli: ['*'],
  'certs-gen': ['*'],
  load: ['*'],
};

/** Packages, by folder: each is known to one place only. */
export const MAY_IMPORT_PACKAGE: Readonly<Record<string, readonly string[]>> = {
  cli: ['commander'],
  app: ['valibot'],
  results: ['valibot'],
  load: ['valibot', 'k6'],
  drivers: ['mqtt', 'playwright-core'],
  catalogue: ['testcontainers'],
  'certs-gen': ['node-forge'],
  proof: ['oxc-parser'],
};
