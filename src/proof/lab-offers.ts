/** What the lab can be: which cases it can prove, and what the broker must be like for them. */
import type { BrokerUser } from '#broker';
import type { Case } from '#kit';
import type { Need, VariantName } from '#spec';
import { utf8 } from '#kit';

/** The one user of a lab that asks for credentials. */
export const LAB_USER = { username: 'lab', password: utf8('secret') } as const satisfies BrokerUser;

/** What a case needs beside the usual broker, for each need that says so. */
const CONFIGURATIONS: { readonly [N in Need]?: { readonly variants?: readonly VariantName[]; readonly users?: true } } =
  {
    'qos-limited-broker': { variants: ['maximum-qos-1'] },
    'retain-off-broker': { variants: ['no-retained-messages'] },
    'wildcard-off-broker': { variants: ['no-wildcard-subscriptions'] },
    'subid-off-broker': { variants: ['no-subscription-identifiers'] },
    'shared-off-broker': { variants: ['no-shared-subscriptions'] },
    'alias-max-absent': { variants: ['no-topic-aliases'] },
    auth: { users: true },
  };

export interface Configuration {
  readonly variants: readonly VariantName[];
  /** Whether only `LAB_USER` may connect. */
  readonly users: boolean;
}

/** The broker that a case is proved on. */
export function configurationFor({ needs = [] }: Pick<Case, 'needs'>): Configuration {
  const wanted = needs.map((need) => CONFIGURATIONS[need] ?? {});
  return {
    variants: [...new Set(wanted.flatMap(({ variants = [] }) => variants))],
    users: wanted.some(({ users }) => users === true),
  };
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
  'acl',
  'acl-or-quota',
  'enhanced-auth',
  'broker-config',
]);

/** Why the lab can't prove a case; undefined: it can. */
export function labLacks({ needs = [] }: Pick<Case, 'needs'>): string | undefined {
  return needs.find((need) => LACKS.has(need));
}
