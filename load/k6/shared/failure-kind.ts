/** The kind of a failed connection, of the words of Go's network library. */
export function kindOfFailure(message: string, connected: boolean): string {
  if (connected) return 'dropped';
  if (/refused/.test(message)) return 'connect-refused';
  if (/bad handshake|status/i.test(message)) return 'upgrade-refused';
  if (/no such host|lookup/.test(message)) return 'unknown-host';
  if (/x509|tls:|certificate/i.test(message)) return 'tls-failed';
  if (/timeout|deadline/.test(message)) return 'connect-timeout';
  if (/cannot assign requested address/.test(message)) return 'no-port-left';
  if (/too many open files/.test(message)) return 'no-descriptor-left';
  if (/reset|EOF|broken pipe|closed/.test(message)) return 'closed-early';
  return 'connect-failed';
}
