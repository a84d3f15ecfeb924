/**
 * Topic names that were read lately: most packets of a stream repeat them, and comparing bytes costs a third of making a
 * string. The same string again also spares its user the hashing. Only what is well-formed ASCII without wildcards is kept.
 */
const SLOTS = 1024;
const LONGEST = 128;

const topics: string[] = Array.from({ length: SLOTS }, () => '');

/** All bytes of a short topic, some of a long one: a wrong guess only costs time. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const step = ((end - start) >> 5) + 1;
  let hash = end - start;
  for (let i = end - 1; i >= start; i -= step) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
  return (hash ^ (hash >>> 10)) & (SLOTS - 1);
}

/** The topic name that lies there, if it is known. */
export function knownTopic(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start;
  if (length > LONGEST || length === 0) return undefined;
  const topic = topics[slotOf(bytes, start, end)] as string;
  if (topic.length !== length) return undefined;
  for (let i = 0; i < length; i++) if (topic.charCodeAt(i) !== bytes[start + i]) return undefined;
  return topic;
}

/** Keeps a topic name without wildcards. */
export function rememberTopic(topic: string, bytes: Uint8Array, start: number, end: number): void {
  if (topic.length === end - start && topic.length <= LONGEST) topics[slotOf(bytes, start, end)] = topic;
}
