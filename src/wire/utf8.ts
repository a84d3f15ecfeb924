/**
 * True if the bytes from `start` to before `end` are well-formed UTF-8 (RFC 3629): no overlong forms,
 * no surrogates, nothing above U+10FFFF, nothing cut off.
 */
export function isValidUtf8(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  let at = start;
  while (at < end) {
    const first = bytes[at] as number;
    at += 1;
    if (first < 0x80) continue;
    // Only the first continuation byte is ever narrower than 80..bf.
    let lowest = 0x80;
    let highest = 0xbf;
    let more: number;
    if (first >= 0xc2 && first <= 0xdf) more = 1;
    else if (first >= 0xe0 && first <= 0xef) {
      more = 2;
      if (first === 0xe0) lowest = 0xa0;
      if (first === 0xed) highest = 0x9f;
    } else if (first >= 0xf0 && first <= 0xf4) {
      more = 3;
      if (first === 0xf0) lowest = 0x90;
      if (first === 0xf4) highest = 0x8f;
    } else return false;
    if (at + more > end) return false;
    const second = bytes[at] as number;
    if (second < lowest || second > highest) return false;
    for (let index = 1; index < more; index += 1) {
      if (((bytes[at + index] as number) & 0xc0) !== 0x80) return false;
    }
    at += more;
  }
  return true;
}
