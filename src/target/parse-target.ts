import { MQTT_VERSIONS, NEEDS, type MqttVersion } from '#spec';
import { parseCredentials } from './parse-credentials.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { parseHeaders } from './parse-headers.ts';
import { checkClientIdPrefix, normalTopicPrefix } from './parse-prefixes.ts';
import { parseTls, type TlsInput } from './parse-tls.ts';
import { isLoopback } from './loopback.ts';
import { nearest } from './nearest.ts';
import { TargetError } from './target-error.ts';
import type { Declaration, Target, TargetPki } from './target.ts';

export interface TargetInput {
  /** The door that is tested: `ws://localhost:9001/mqtt`; user info and query are understood. */
  readonly url: string;
  /** Further doors to the same broker. */
  readonly also?: readonly string[];
  /** Wins over the user info of the URL. */
  readonly username?: string;
  readonly password?: string | Uint8Array;
  /** As typed: `Authorization: Bearer …`. */
  readonly headers?: readonly string[];
  readonly tls?: TlsInput;
  /** Trusted, and shown where nothing else is given: its `client-valid-ec-p256`. */
  readonly pki?: TargetPki;
  /** Words of `NEEDS`, and `require-client-cert`. */
  readonly declared?: readonly string[];
  /** As typed: `5.0`, `5`, `3.1.1`. Absent: probed. */
  readonly versions?: readonly string[];
  readonly topicPrefix?: string;
  readonly clientIdPrefix?: string;
}

/** Makes a target of what was typed, once, at the edge. Throws `TargetError`. */
export function parseTarget(input: TargetInput): Target {
  const first = parseEndpoint(input.url);
  const further = (input.also ?? []).map(parseEndpoint);
  const endpoints = [first.endpoint, ...further.map((one) => one.endpoint)] as const;
  const versions = input.versions === undefined ? [] : parseVersions(input.versions);
  return {
    endpoints,
    credentials: parseCredentials(input, first, further),
    headers: parseHeaders(input.headers ?? []),
    tls: parseTls(withPki(input.tls ?? {}, input.pki)),
    ...(input.pki === undefined ? {} : { pki: input.pki }),
    declared: [...new Set((input.declared ?? []).map(parseDeclaration))],
    ...(versions.length === 0 ? {} : { versions }),
    topicPrefix: normalTopicPrefix(input.topicPrefix ?? 'mqttspec/'),
    clientIdPrefix: checkClientIdPrefix(input.clientIdPrefix ?? 'ms'),
    loopback: endpoints.every((endpoint) => isLoopback(endpoint.host)),
  };
}

/** The client that a listener with client certificates lets in. */
const USUAL_CLIENT = 'client-valid-ec-p256';

/** What was given by hand wins over the folder. */
function withPki(tls: TlsInput, pki: TargetPki | undefined): TlsInput {
  if (pki === undefined) return tls;
  const own = tls.cert !== undefined || tls.pfx !== undefined;
  const usual = own ? undefined : pki.clients[USUAL_CLIENT];
  return {
    ca: [pki.root],
    ...(usual === undefined ? {} : { cert: usual.cert, key: usual.key }),
    ...tls,
  };
}

const SPOKEN: Readonly<Record<string, MqttVersion>> = { '3.1.1': '3.1.1', '4': '3.1.1', '5.0': '5.0', '5': '5.0' };

function parseVersions(words: readonly string[]): MqttVersion[] {
  const wanted = words.map((word) => {
    const version = SPOKEN[word.trim().replace(/^v/i, '')];
    if (version !== undefined) return version;
    throw new TargetError(
      'TARGET_VERSION',
      `MQTT "${word}" is not tested`,
      `${MQTT_VERSIONS.join(' and ')} are`,
      '--mqtt 5.0',
    );
  });
  return MQTT_VERSIONS.filter((version) => wanted.includes(version));
}

function parseDeclaration(word: string): Declaration {
  const name = word.trim() === 'require-client-cert' ? 'mtls-required' : word.trim();
  if (Object.hasOwn(NEEDS, name)) return name as Declaration;
  const meant = nearest(name, Object.keys(NEEDS));
  const advice = meant === undefined ? `known are ${Object.keys(NEEDS).join(', ')}` : `did you mean ${meant}`;
  throw new TargetError('TARGET_DECLARATION', `"${word}" can not be declared`, advice, `--declare ${meant ?? 'acl'}`);
}
