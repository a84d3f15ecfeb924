/** The store of certificates of a browser process: NSS in a home of its own, made by the tools of NSS. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Skipped } from '#kit';
import type { TlsMaterial } from '#target';

const run = promisify(execFile);

/** What a browser trusts beside the roots that it brings, and what it shows. */
export type StoreContents = Pick<TlsMaterial, 'ca' | 'cert' | 'key' | 'passphrase' | 'pfx'>;

export interface Home {
  /** `HOME` of the process. */
  readonly folder: string;
  /** Of its profile. */
  readonly profile: string;
  remove(): Promise<void>;
}

/** Shown without asking: nobody is there to choose. */
const PREFERENCES = {
  profile: {
    content_settings: { exceptions: { auto_select_certificate: { '*,*': { setting: { filters: [{}] } } } } },
  },
};

/** Throws `Skipped` where a tool is missing, with its name. */
export async function makeHome(contents: StoreContents): Promise<Home> {
  if (process.platform !== 'linux')
    throw new Skipped('certificates of a browser are tried on Linux only, where it uses NSS');
  // Others may not enter: there are private keys in it.
  const folder = await mkdtemp(path.join(tmpdir(), 'mqttspec-browser-'));
  const home = {
    folder,
    profile: path.join(folder, 'profile'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  try {
    await fill(home, contents);
    return home;
  } catch (error) {
    await home.remove();
    throw error;
  }
}

async function fill({ folder, profile }: Home, contents: StoreContents): Promise<void> {
  const store = path.join(folder, '.pki', 'nssdb');
  await mkdir(store, { recursive: true });
  await mkdir(path.join(profile, 'Default'), { recursive: true });
  await writeFile(path.join(profile, 'Default', 'Preferences'), JSON.stringify(PREFERENCES));
  await tool('certutil', ['-N', '--empty-password', '-d', `sql:${store}`]);
  for (const [index, pem] of (contents.ca ?? []).flatMap(certificatesIn).entries()) {
    const file = path.join(folder, `root-${index}.pem`);
    await writeFile(file, pem);
    // P: a certificate that signed itself is trusted as what it is, also where it is no authority.
    await tool('certutil', ['-A', '-d', `sql:${store}`, '-n', `root ${index}`, '-t', 'CP,,', '-i', file]);
  }
  const client = await clientFile(folder, contents);
  if (client === undefined) return;
  await tool('pk12util', ['-i', client.file, '-d', `sql:${store}`, '-W', client.password, '-K', '']);
}

async function clientFile(
  folder: string,
  { cert, key, passphrase = '', pfx }: StoreContents,
): Promise<{ readonly file: string; readonly password: string } | undefined> {
  const file = path.join(folder, 'client.p12');
  if (pfx !== undefined) {
    await writeFile(file, pfx, { mode: 0o600 });
    return { file, password: passphrase };
  }
  if (cert === undefined || key === undefined) return undefined;
  const pem = path.join(folder, 'client.pem');
  await writeFile(pem, `${key}\n${cert}`, { mode: 0o600 });
  await writeFile(file, '', { mode: 0o600 });
  // An empty password is read in two ways.
  const password = 'browser';
  const words = ['-passin', 'env:KEY_PASSPHRASE', '-passout', `pass:${password}`];
  await tool('openssl', ['pkcs12', '-export', '-in', pem, '-out', file, '-name', 'client', ...words], {
    KEY_PASSPHRASE: passphrase,
  });
  return { file, password };
}

const WHERE: Readonly<Record<string, string>> = {
  certutil: 'Debian: apt-get install libnss3-tools',
  pk12util: 'Debian: apt-get install libnss3-tools',
  openssl: 'Debian: apt-get install openssl',
};

async function tool(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  try {
    await run(name, [...args], { env: { ...process.env, ...env } });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new Skipped(`the store of the browser is filled by ${name}, which is missing (${WHERE[name]})`);
    throw error;
  }
}

const certificatesIn = (pem: string): string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
