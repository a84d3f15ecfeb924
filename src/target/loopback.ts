/** Whether a host can only be this machine: `localhost`, 127.0.0.0/8, ::1 and the IPv4 addresses mapped into IPv6. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  if (/^127(\.\d{1,3}){3}$/.test(name)) return true;
  return /^::ffff:(7f[0-9a-f]{2}:[0-9a-f]{1,4}|127(\.\d{1,3}){3})$/.test(name);
}
