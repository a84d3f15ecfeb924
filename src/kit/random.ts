/** Names that every server takes: letters and digits (MQTT-3.1.3-5). */
import type { SeededRandom } from '#io';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function word(random: SeededRandom, length: number): string {
  return Array.from(random.bytes(length), (octet) => ALPHABET[octet % ALPHABET.length]).join('');
}
