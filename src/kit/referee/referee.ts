/** Judges every packet of a connection against what was sent on it; always on, in every phase. */
import type { RequirementKey } from '#spec';
import { describe, type Packet, type PacketType, type Properties, type Violation } from '#wire';
import type { WireEvent } from '#net';
import type { Scope } from '../scope.ts';
import { judgeAnswer } from './answers.ts';
import { judgeDelivery } from './deliveries.ts';
import { dutyKey, type Duty } from './duties.ts';
import { RefereeState } from './state.ts';

export interface Came {
  readonly packet: Packet;
  /** Octets on the wire. */
  readonly size: number;
  readonly entry: number;
}

/** The first byte of a CONNACK. */
const CONNACK = 0x20;

export class Referee {
  readonly state = new RefereeState();
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  sent(packet: Packet): void {
    this.state.sent(packet);
  }

  /** Bytes that are no valid packet left this side. */
  deviated(violation: Violation): void {
    this.state.deviated = true;
    if (violation.name === 'connect.protocol-level') this.state.unknownLevel = true;
  }

  /** A format rule that decoding found broken. */
  violated(event: Extract<WireEvent, { kind: 'violation' }>): void {
    if (this.state.unknownLevel && event.bytes?.[0] === CONNACK) return;
    // Where the catalogue has no sentence for it, it is held against what the case is about: nothing illegal passes.
    const [requirement = this.#scope.requirement] = event.requirements;
    this.accuse(requirement, event.message, event.entry);
  }

  received(came: Came): void {
    this.judgePlace(came);
    this.judgeLimits(came);
    const { packet } = came;
    if (packet.type === 'PUBLISH' || packet.type === 'PUBREL') judgeDelivery(this, came);
    else judgeAnswer(this, came);
  }

  breaks(duty: Duty, came: Came, message: string): void {
    const requirement = dutyKey(duty, this.#scope.instance.version);
    if (requirement !== undefined) this.accuse(requirement, message, came.entry);
  }

  private accuse(requirement: RequirementKey, message: string, entry: number): void {
    this.#scope.findings.add({ requirement, message, by: 'referee', entry });
    this.#scope.recorder.mark(entry, { requirement, message });
  }

  /** CONNACK first, and nothing after DISCONNECT. */
  private judgePlace(came: Came): void {
    const { state } = this;
    const { type } = came.packet;
    if (state.disconnected) this.breaks('after-disconnect', came, `${type} after the server's DISCONNECT`);
    if (type === 'DISCONNECT') state.disconnected = true;
    const early = state.connacks === 0 && type !== 'CONNACK' && type !== 'AUTH' && type !== 'DISCONNECT';
    if (early && !state.deviated) this.breaks('connack-first', came, `${describe(came.packet)} came before CONNACK`);
  }

  private judgeLimits(came: Came): void {
    const asked = this.state.connect?.properties;
    const most = asked?.maximumPacketSize;
    if (most !== undefined && came.size > most) {
      this.breaks(
        'maximum-packet-size',
        came,
        `${came.packet.type} of ${came.size} bytes, Maximum Packet Size is ${most}`,
      );
    }
    const mayExplain: readonly PacketType[] = ['PUBLISH', 'CONNACK', 'DISCONNECT'];
    if (asked?.requestProblemInformation === 0 && !mayExplain.includes(came.packet.type) && explains(came.packet)) {
      this.breaks(
        'problem-information',
        came,
        `${came.packet.type} explains itself though Request Problem Information is 0`,
      );
    }
  }
}

function explains(packet: Packet): boolean {
  const properties = (packet as { readonly properties?: Properties }).properties;
  return properties?.reasonString !== undefined || (properties?.userProperties?.length ?? 0) > 0;
}
