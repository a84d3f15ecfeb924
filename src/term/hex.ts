/** Octets as lines of sixteen. */

/** `0000  10 0c 00 04 4d 51 54 54  04 02 00 3c                ....MQTT...<` */
export function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const row = [...bytes.subarray(offset, offset + 16)];
    const hex = row.map((octet) => octet.toString(16).padStart(2, '0'));
    const halves = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`;
    const text = row.map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.')).join('');
    lines.push(`${offset.toString(16).padStart(4, '0')}  ${halves.padEnd(48)}  ${text}`);
  }
  return lines;
}
