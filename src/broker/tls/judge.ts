/** Whether a client is let in by what it has shown, and who it is. */
import type { About } from '../alteration.ts';
import type { Gate } from '../gate.ts';
import type { Authorities, Known, Status } from './authorities.ts';
import type { Peer } from './peer.ts';
import type { Presented } from './presented.ts';
import { brokenRule, type TlsRuleName } from './rules.ts';

export interface Policy {
  readonly gate: Gate;
  readonly authorities: Authorities;
  /** Whether who shows nothing is refused. */
  readonly required: boolean;
  /** Where the user comes from; absent: from CONNECT. */
  readonly identity?: 'cn';
  /** The topic below which each user has its own. */
  readonly ownTopics: string;
}

export interface Judgement {
  /** The rule that it broke; undefined: it is let in. */
  readonly refused?: TlsRuleName | 'not-admitted';
  /** Who it is; `null`: the broker maps certificates, and this one names nobody. Undefined: CONNECT says it. */
  readonly identity?: string | null;
  readonly believesUserName?: true;
  readonly own?: NonNullable<Peer['own']>;
}

type Path = Presented['path'];

export class Judge {
  readonly #policy: Policy;
  /** A resumed session holds the client's certificate only: the path is remembered, by serial number and issuer. */
  readonly #paths = new Map<string, Presented>();
  readonly #seen: string[] = [];
  /** Subjects that were let in. */
  readonly #names = new Set<string>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** `resumed`: the handshake took up a session of before. */
  judge(shown: Presented | undefined, resumed: boolean, about: About): Judgement {
    const { gate } = this.#policy;
    if (shown === undefined) return this.#nobody(about);
    const key = keyOf(shown.path[0]);
    const presented = resumed ? (this.#paths.get(key) ?? shown) : shown;
    if (!resumed) this.#paths.set(key, presented);
    const [certificate, issuer] = presented.path;
    const { trusted } = this.#policy.authorities;
    const told: About = {
      ...about,
      certificate,
      path: presented.path,
      resumption: resumed,
      trustedIssuer: issuer !== undefined && trusted.some(({ der }) => Buffer.compare(der, issuer.der) === 0),
      knownName: this.#names.has(subjectOf(certificate)),
    };
    const again = !resumed || gate.decide('tls.judges-resumed', true, told);
    const broken = again ? this.#firstBroken(presented, told) : undefined;
    if (broken !== undefined) return { refused: broken };
    if (!gate.decide('tls.admits', true, told)) return { refused: 'not-admitted' };
    this.#names.add(subjectOf(certificate));
    return { ...this.#identified(presented, told), ...this.#owning(told) };
  }

  #owning(about: About): Pick<Judgement, 'own'> {
    const { identity, ownTopics: below, gate } = this.#policy;
    if (identity === undefined) return {};
    const asFilter = gate.decide('tls.name-in-rules', 'as-it-is', about) === 'as-filter';
    return { own: { below, ...(asFilter ? { asFilter } : {}) } };
  }

  #nobody(about: About): Judgement {
    const { gate } = this.#policy;
    const required = gate.decide('tls.requires', this.#policy.required, about);
    if (required && gate.enforces('tls.certificate-required', about)) return { refused: 'tls.certificate-required' };
    return {};
  }

  #firstBroken({ path, error }: Presented, about: About): TlsRuleName | undefined {
    const { gate } = this.#policy;
    const all = [...pathRules(path, error), ...weakness(path), ...this.#revocation(path)];
    return all.find((rule) => gate.enforces(rule, about));
  }

  #revocation(path: Path): TlsRuleName[] {
    const { authorities } = this.#policy;
    if (!authorities.revokes) return [];
    const now = new Date().toISOString();
    return path.flatMap((certificate, depth) => {
      const issuer = path[depth + 1] ?? authorities.named(certificate.issuer);
      // A root has nobody above it, and who has no known issuer was refused before.
      if (issuer === undefined || issuer.der === certificate.der) return [];
      const status = authorities.status(certificate, issuer, now);
      return status === 'good' ? [] : [ruleOf(status, depth)];
    });
  }

  #identified({ commonNames }: Presented, about: About): Judgement {
    const { identity, gate } = this.#policy;
    if (identity === undefined) return {};
    const [name] = commonNames;
    const plain = commonNames.length === 1 && name !== undefined && isPlain(name);
    const how = gate.decide('tls.identity', plain ? 'common-name' : 'none', about);
    const seen = this.#seen;
    const who = {
      'common-name': name,
      'user-name': name,
      'known-part': seen.find((known) => known !== name && name?.includes(known) === true) ?? name,
      previous: seen.at(-1) ?? name,
      cut: name?.split('\0')[0],
      none: undefined,
    }[how];
    if (name !== undefined && !seen.includes(name)) seen.push(name);
    if (how === 'user-name') return { ...(who === undefined ? {} : { identity: who }), believesUserName: true };
    if (who !== undefined) return { identity: who };
    if (plain) return {};
    switch (gate.decide('tls.odd-name', 'refuse', about)) {
      case 'refuse':
        return { identity: null };
      case 'first':
        return { identity: name ?? null };
      case 'anonymous':
        return {};
    }
  }
}

const keyOf = ({ issuer, serial }: Known): string => `${serial} ${Buffer.from(issuer).toString('base64')}`;

const subjectOf = ({ subject }: Known): string => Buffer.from(subject).toString('base64');

/** What can be a user, a level of a topic, and nothing else. */
const isPlain = (name: string): boolean => name !== '' && !/[\0/+#]/.test(name);

const ruleOf = (status: Exclude<Status, 'good'>, depth: number): TlsRuleName =>
  status === 'revoked'
    ? depth === 0
      ? 'tls.not-revoked'
      : 'tls.issuer-not-revoked'
    : ({ 'no-list': 'tls.list-present', 'old-list': 'tls.list-current', 'not-signed': 'tls.list-signed' } as const)[
        status
      ];

/** Extensions that OpenSSL checks; another critical one is unknown (RFC 5280 §4.2). */
const KNOWN_EXTENSIONS = /^2\.5\.29\.(14|15|17|18|19|30|31|32|33|35|36|37|54)$/;
const KEY_USAGE_SIGNATURE = 0;
const KEY_USAGE_AGREEMENT = 4;

/** What OpenSSL found, by a name that says which rule it was. */
function pathRules([leaf, ...issuers]: Path, error: string | undefined): TlsRuleName[] {
  if (error === undefined) return [];
  // Node has one code for all that it has no name for.
  if (error === 'UNSPECIFIED') {
    const unknown = leaf.extensions.some(({ oid, critical }) => critical && !KNOWN_EXTENSIONS.test(oid));
    if (unknown) return ['tls.critical-extensions'];
    return [issuers.length === 0 ? 'tls.issuer-is-authority' : 'tls.name-constraints'];
  }
  if (error === 'INVALID_PURPOSE') {
    const { keyUsage } = leaf;
    const signs =
      keyUsage === undefined || keyUsage.includes(KEY_USAGE_SIGNATURE) || keyUsage.includes(KEY_USAGE_AGREEMENT);
    return [signs ? 'tls.purpose' : 'tls.key-usage'];
  }
  const oids = leaf.extensions.map(({ oid }) => oid);
  if (new Set(oids).size < oids.length) return ['tls.extensions-once'];
  return [brokenRule(error)];
}

const WEAK = /^1\.2\.840\.(113549\.1\.1\.[245]|10045\.4\.1|10040\.4\.3)$/;

/** The signature of a trusted certificate is of no account (RFC 8446 §4.2.3). */
function weakness(path: Path): TlsRuleName[] {
  const signed = path.filter(({ issuer, subject }) => Buffer.compare(issuer, subject) !== 0);
  return signed.some(({ signatureAlgorithm }) => WEAK.test(signatureAlgorithm)) ? ['tls.weak-signature'] : [];
}
