import type { ParsedEndpoint } from './parse-endpoint.ts';
import { TargetError } from './target-error.ts';
import type { Credentials } from './target.ts';

export interface CredentialInput {
  readonly username?: string;
  readonly password?: string | Uint8Array;
}

/** Options win over the URL; all doors lead to one broker, so there is one user. */
export function parseCredentials(
  input: CredentialInput,
  first: ParsedEndpoint,
  further: readonly ParsedEndpoint[],
): Credentials {
  const username = input.username ?? first.username;
  const password = input.password ?? first.password;
  for (const other of further) {
    if (other.username === undefined || other.username === username) continue;
    const what = `${other.endpoint.url} names another user than the target`;
    const advice = 'all endpoints belong to one broker and share one user, so give it once';
    throw new TargetError('TARGET_CREDENTIALS', what, advice, '--username alice --password-file secret.txt');
  }
  if (username?.includes('\0') === true) {
    throw new TargetError('TARGET_CREDENTIALS', 'the user name holds U+0000', 'MQTT forbids it', '--username alice');
  }
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: octets(password) }),
  };
}

const octets = (password: string | Uint8Array): Uint8Array =>
  typeof password === 'string' ? Uint8Array.from(Buffer.from(password, 'utf8')) : password;
