/** What the lab can be: which cases it can prove, and what the broker must be like for them. */
import type { BrokerUser } from '#broker';
import type { Case } from '#kit';
import type { Need, VariantName } from '#spec';
import { utf8 } from '#kit';
import type { Target } from '#target';
import { LAB_TARGET } from './lab-target.ts';

/** The one user of a lab that asks for credentials. */
export const LAB_USER = { username: 'lab', password: utf8('secret') } as const satisfies BrokerUser;

/** Where the user of a lab with access rules may publish and subscribe. */
export const ALLOWED = 'allowed/';

/** Who may connect: everybody, the one user, the one user within the access rules. */
export type LabUsers = 'everybody' | 'one' | 'one-within-rules';

/** What a case needs beside the usual broker, for each need that says so. */
const CONFIGURATIONS: {
  readonly [N in Need]?: { readonly variants?: readonly VariantName[]; readonly users?: LabUsers };
} = {
  'qos-limited-broker': { variants: ['maximum-qos-1'] },
  'retain-off-broker': { variants: ['no-retained-messages'] },
  'wildcard-off-broker': { variants: ['no-wildcard-subscriptions'] },
  'subid-off-broker': { variants: ['no-subscription-identifiers'] },
  'shared-off-broker': { variants: ['no-shared-subscriptions'] },
  'alias-max-absent': { variants: ['no-topic-aliases'] },
  auth: { users: 'one' },
  'enhanced-auth': { users: 'one' },
  acl: { users: 'one-within-rules' },
  'acl-or-quota': { users: 'one-within-rules' },
};

export interface Configuration {
  readonly variants: readonly VariantName[];
  readonly users: LabUsers;
}

/** The broker that a case is proved on. */
export function configurationFor({ needs = [], provedOn = [] }: Pick<Case, 'needs' | 'provedOn'>): Configuration {
  const wanted = needs.map((need) => CONFIGURATIONS[need] ?? {});
  const users = wanted.flatMap(({ users: who }) => who ?? []);
  return {
    variants: [...new Set([...provedOn, ...wanted.flatMap(({ variants = [] }) => variants)])],
    users: users.find((who) => who === 'one-within-rules') ?? users[0] ?? 'everybody',
  };
}

/** What is denied is denied to publishers: a case must see whether it is published all the same. */
const WITHIN_RULES: BrokerUser = {
  ...LAB_USER,
  publish: [`${ALLOWED}#`],
  subscribe: [`${ALLOWED}#`, 'mqttspec-denied/#'],
};

/** The users of such a broker; undefined: everybody may connect. */
export function brokerUsers(users: LabUsers): readonly BrokerUser[] | undefined {
  return { everybody: undefined, one: [LAB_USER], 'one-within-rules': [WITHIN_RULES] }[users];
}

/** Such a broker as a target. */
export function labTarget(users: LabUsers): Target {
  if (users === 'everybody') return LAB_TARGET;
  const known = { ...LAB_TARGET, credentials: LAB_USER };
  if (users === 'one') return { ...known, declared: [...LAB_TARGET.declared, 'enhanced-auth'] };
  return { ...known, declared: [...LAB_TARGET.declared, 'acl', 'acl-or-quota'], topicPrefix: ALLOWED };
}

/** What the lab can't offer: cases that need it are proved elsewhere. */
const LACKS: ReadonlySet<Need> = new Set<Need>([
  'tls',
  'tls12',
  'tls13',
  'alpn',
  'raw-tls',
  'browser',
  'foreign-client',
  'mtls-required',
  'mtls-optional',
  'crl',
  'identity',
  'root-only',
  'intermediate-held',
]);

/** Why the lab can't prove a case; undefined: it can. */
export function labLacks({ needs = [] }: Pick<Case, 'needs'>): string | undefined {
  return needs.find((need) => LACKS.has(need));
}
