/** The server's certificates: plain in a handshake of TLS 1.2; under TLS 1.3 as far as the library tells them. */
import type { CaseContext } from '#kit';

type Context = CaseContext<unknown>;

/** What the client names in its hello; undefined: the target is an address. */
export function nameOf(t: Context): string | undefined {
  const { instance, target } = t.scope;
  const name = target.tls.servername ?? instance.endpoint.host;
  return /^[\d.]+$|:/.test(name) ? undefined : name;
}

/** DER as it was sent, the server's own first; undefined: TLS 1.2 is not spoken. */
export async function sentChain(t: Context): Promise<readonly Uint8Array[] | undefined> {
  const serverName = nameOf(t);
  const raw = await t.rawTls();
  await raw.hello({ highest: 'tls12', ...(serverName === undefined ? {} : { serverName }) });
  return raw.flight.certificates;
}

/** The server's certificate first, and its issuers as far as they were sent or are known. */
export async function serverChain(t: Context): Promise<readonly Uint8Array[]> {
  const sent = await sentChain(t);
  if (sent !== undefined && sent.length > 0) return sent;
  const { tls, how } = await t.admission({ verify: false });
  if (tls === undefined) return t.skip(`no certificate was seen: ${how}`);
  return tls.chain;
}

/** Who tests without looking at the certificate is told nothing of what it promises. */
export function looksAtCertificate(t: Context): void {
  if (!t.scope.target.tls.verify) t.skip('the target is tested without looking at its certificate (--insecure)');
}
