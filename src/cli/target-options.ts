/** From options to the description of a target; files are read here, once. */
import type { RunOptions } from '#app';
import { content, octets } from './file-content.ts';
import { PASSPHRASE_ENV, PASSWORD_ENV, type Values } from './options.ts';

type TargetOptions = Pick<
  RunOptions,
  | 'also'
  | 'versions'
  | 'username'
  | 'password'
  | 'headers'
  | 'tls'
  | 'pki'
  | 'declared'
  | 'topicPrefix'
  | 'clientIdPrefix'
>;

/** The options that say whom to connect to, and as whom. */
export type TargetValues = Pick<
  Values<'run'>,
  | 'also'
  | 'header'
  | 'declare'
  | 'requireClientCert'
  | 'pki'
  | 'mqtt'
  | 'username'
  | 'passwordFile'
  | 'topicPrefix'
  | 'clientIdPrefix'
  | 'cacert'
  | 'cert'
  | 'key'
  | 'pfx'
  | 'passphraseFile'
  | 'servername'
  | 'insecure'
>;

export async function targetOptions(values: TargetValues, env: NodeJS.ProcessEnv): Promise<TargetOptions> {
  const password = await passwordOf(values, env);
  return {
    also: values.also,
    headers: values.header,
    declared: [...values.declare, ...(values.requireClientCert ? ['require-client-cert'] : [])],
    tls: await tlsOptions(values, env),
    ...(values.pki === undefined ? {} : { pki: values.pki }),
    ...(values.mqtt === undefined ? {} : { versions: [values.mqtt] }),
    ...(values.username === undefined ? {} : { username: values.username }),
    ...(password === undefined ? {} : { password }),
    ...(values.topicPrefix === undefined ? {} : { topicPrefix: values.topicPrefix }),
    ...(values.clientIdPrefix === undefined ? {} : { clientIdPrefix: values.clientIdPrefix }),
  };
}

/** A final end of line belongs to the editor, not to the password. */
async function passwordOf(values: TargetValues, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { passwordFile } = values;
  if (passwordFile === undefined) return env[PASSWORD_ENV];
  return (await content('passwordFile', passwordFile)).replace(/\r?\n$/, '');
}

async function passphraseOf({ passphraseFile }: TargetValues, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (passphraseFile === undefined) return env[PASSPHRASE_ENV];
  return (await content('passphraseFile', passphraseFile)).replace(/\r?\n$/, '');
}

async function tlsOptions(values: TargetValues, env: NodeJS.ProcessEnv): Promise<NonNullable<TargetOptions['tls']>> {
  const { cacert, cert, key, pfx, servername, insecure } = values;
  const passphrase = await passphraseOf(values, env);
  return {
    insecure,
    ...(cacert === undefined ? {} : { ca: [await content('cacert', cacert)] }),
    ...(cert === undefined ? {} : { cert: await content('cert', cert) }),
    ...(key === undefined ? {} : { key: await content('key', key) }),
    ...(pfx === undefined ? {} : { pfx: await octets('pfx', pfx) }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(servername === undefined ? {} : { servername }),
  };
}
