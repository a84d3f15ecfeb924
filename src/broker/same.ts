/** Whether two values of plain data are equal: many an alteration copies what it leaves as it is. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (ArrayBuffer.isView(one) && ArrayBuffer.isView(other)) return isSameBytes(one, other);
  const [mine, theirs] = [Object.entries(one), Object.entries(other)];
  return mine.length === theirs.length && mine.every(([key, value]) => isSame(value, Reflect.get(other, key)));
}

function isSameBytes(one: ArrayBufferView, other: ArrayBufferView): boolean {
  if (!(one instanceof Uint8Array) || !(other instanceof Uint8Array)) return false;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
