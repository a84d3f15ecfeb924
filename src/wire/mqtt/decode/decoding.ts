import type { MqttVersion } from '#spec';
import type { FieldSpan, Sender, Violation } from '../codec.ts';
import type { PacketType } from '../packets.ts';
import { requirementsOf, VIOLATIONS, type ViolationName } from '../violations.ts';

/** Ends decoding; the violation is in `Decoding.violation`. One object for all, as a stack trace would cost more than the packet. */
export const REFUSED = new Error('refused: see Decoding.violation');

/** The state of decoding one packet: where we are, what was found. */
export class Decoding {
  readonly bytes: Uint8Array;
  /** Where the packet begins and ends in `bytes`. */
  readonly start: number;
  end: number;
  readonly from: Sender;
  version: MqttVersion;
  at: number;
  /** Nothing is read from here on: the end of the packet, or of its properties. */
  limit: number;
  /** Whether `limit` is that of the properties. */
  inProperties: boolean;
  packet: PacketType | undefined;
  /** Where fields lie: 'connect.', 'will.', 'connect.property.'. Field names are given without it. */
  prefix: string;
  violation: Violation | undefined;
  tolerated: Violation[] | undefined;
  readonly tolerate: ((violation: Violation) => boolean) | undefined;
  readonly fields: FieldSpan[] | undefined;

  constructor(
    bytes: Uint8Array,
    start: number,
    end: number,
    version: MqttVersion,
    from: Sender,
    tolerate: ((violation: Violation) => boolean) | undefined,
    fields: FieldSpan[] | undefined,
  ) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.from = from;
    this.version = version;
    this.at = start;
    this.limit = end;
    this.inProperties = false;
    this.packet = undefined;
    this.prefix = 'header.';
    this.violation = undefined;
    this.tolerated = undefined;
    this.tolerate = tolerate;
    this.fields = fields;
  }

  /** Reports a violation at an index of `bytes`; returns where it has a recovery and is tolerated. */
  fail(name: ViolationName, index: number, message: string, about?: readonly string[], reasonCode?: number): void {
    const row = VIOLATIONS[name];
    const { version, from, packet } = this;
    const violation: Violation = {
      name,
      requirements: requirementsOf(
        name,
        about === undefined ? { version, from, packet } : { version, from, packet, about },
      ),
      offset: index - this.start,
      message,
      reasonCode: reasonCode ?? row.reasonCode,
    };
    if (row.recovery !== undefined && this.tolerate?.(violation) === true) {
      (this.tolerated ??= []).push(violation);
      return;
    }
    this.violation = violation;
    throw REFUSED;
  }

  /** The packet ends here. */
  cut(end: number): void {
    this.end = end;
    this.limit = end;
  }

  /** There are `count` bytes left, or it is a violation. */
  need(count: number, field: string): void {
    if (this.at + count > this.limit) this.short(count, field);
  }

  private short(count: number, name: string): void {
    const left = this.limit - this.at;
    const field = this.prefix + name;
    const about = this.about(name);
    if (this.inProperties) {
      this.fail(
        'property.truncated',
        this.at,
        `${field} needs ${count} bytes, ${left} are left of the properties`,
        about,
      );
    }
    if (left <= 0) this.fail('field.absent', this.at, `${field} is missing: the packet ends before it`, about);
    this.fail('packet.truncated', this.at, `${field} needs ${count} bytes, ${left} are left of the packet`, about);
  }

  u8(field: string): number {
    if (this.at >= this.limit) this.short(1, field);
    const value = this.bytes[this.at++] as number;
    if (this.fields !== undefined) this.span(field, this.at - 1, hex(value));
    return value;
  }

  u16(field: string): number {
    if (this.at + 2 > this.limit) this.short(2, field);
    const { bytes, at } = this;
    const value = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    this.at = at + 2;
    if (this.fields !== undefined) this.span(field, at, String(value));
    return value;
  }

  u32(field: string): number {
    this.need(4, field);
    const { bytes, at } = this;
    const high = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    const low = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    this.at = at + 4;
    if (this.fields !== undefined) this.span(field, at, String(high * 0x10000 + low));
    return high * 0x10000 + low;
  }

  /** Records a field from an index of `bytes` to where we are. */
  span(name: string, index: number, value: string): void {
    this.fields?.push({ name: this.prefix + name, offset: index - this.start, length: this.at - index, value });
  }

  /** The name of an item of a list; its number matters only where fields are recorded. */
  nth(field: string, index: number): string {
    return this.fields === undefined ? field : `${field}[${index}]`;
  }

  /** What requirements may be listed under: 'connect.property-length' and 'property-length', 'property.contentType'. */
  about(field: string): readonly string[] {
    const name = (this.prefix + field).replace(/\[\d+\]/, '');
    const short = name.slice(name.indexOf('.') + 1);
    return [name, short, short.replace(/\.value$/, '')];
  }
}

export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
