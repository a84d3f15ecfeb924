/** Bytes of text in which each character is one byte, as HTTP heads are. Throws `RangeError` above U+00FF. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0xff) throw new RangeError(`a head of HTTP has bytes, not U+${code.toString(16).toUpperCase()}`);
    bytes[at] = code;
  }
  return bytes;
}

export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) {
    // Seven times as fast as spreading them.
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + 4096)) as string;
  }
  return text;
}
