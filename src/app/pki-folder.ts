/** What makes certificates is heavy: who has no folder of them doesn't load it. */
import type { BrokerTls } from '#broker';
import type { TargetPki } from '#target';

/** All that can be shown and trusted. Rejects with `UsageError` where the folder isn't ours, or isn't what its index says. */
export async function pkiForTarget(directory: string): Promise<TargetPki> {
  const { targetPki } = await import('./pki.ts');
  return targetPki(directory);
}

/** TLS of the reference broker; `crl`: with the revocation lists of the folder. Rejects as above. */
export async function pkiForBroker(directory: string, options: { readonly crl?: boolean } = {}): Promise<BrokerTls> {
  const { brokerTls } = await import('./pki.ts');
  return brokerTls(directory, options);
}
