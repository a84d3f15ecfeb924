import type { Name } from '../der/x509.ts';

const SHORT = { commonName: 'CN', organizationName: 'O', organizationalUnitName: 'OU' } as const;

/** A name as RFC 4514 writes it: the last part first. */
export function nameText(name: Name): string {
  return name
    .map(({ type, value }) => `${SHORT[type]}=${escaped(value)}`)
    .toReversed()
    .join(',');
}

function escaped(value: string): string {
  return value
    .replaceAll(/["+,;<>\\]/g, (character) => `\\${character}`)
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, (character) => `\\${character}`)
    .replace(/ $/, '\\ ');
}
