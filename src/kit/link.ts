/** One connection as a case sees it: what came in, what was claimed of it, and waiting for more. */
import type { RequirementKey } from '#spec';
import { describe } from '#wire';
import type { Inbound, Wire, WireEvent } from '#net';
import { belongsToEnd, endingOf, hasEnded, printEnding, type Ending } from './ended.ts';
import type { Matcher } from './matcher.ts';
import { unmet, Waiting, type Scope } from './scope.ts';

export interface ExpectOptions {
  /** Milliseconds. Default: the target's time for an answer. */
  readonly within?: number;
  /** What is broken where it isn't met. Default: the case's first requirement. */
  readonly breaks?: RequirementKey;
}

export class Link {
  readonly wire: Wire;
  readonly scope: Scope;
  /** Everything, in order. */
  readonly seen: Inbound[] = [];
  /** Those of them that belong to an end: looked at after each event. */
  readonly #signs: Inbound[] = [];
  #over = false;
  /** What nobody has claimed yet. */
  readonly unclaimed: Inbound[] = [];
  /** Milliseconds of the clock, before the last send: from here earliness counts. */
  sentAt: number;
  /** True once a case has expected, or caused, the end. */
  endExpected = false;
  readonly #waiting = new Set<(event?: Inbound) => void>();
  readonly #handle: (event: WireEvent) => boolean;

  /** `handle` sees each event first; true where it dealt with it and no case needs to claim it. */
  constructor(scope: Scope, wire: Wire, handle: (event: WireEvent) => boolean) {
    this.scope = scope;
    this.wire = wire;
    this.sentAt = scope.clock.now();
    this.#handle = handle;
    wire.listen((event) => this.receive(event));
  }

  private receive(event: WireEvent): void {
    const handled = this.#handle(event);
    if (event.kind === 'violation') return;
    if (event.kind === 'http') return this.wake();
    this.seen.push(event);
    if (belongsToEnd(event)) this.#signs.push(event);
    if (event.kind === 'end' || event.kind === 'unreadable') this.#over = true;
    if (!handled) this.unclaimed.push(event);
    this.wake(event);
  }

  private wake(event?: Inbound): void {
    for (const look of this.#waiting) look(event);
  }

  get ending(): Ending | undefined {
    return endingOf(this.#signs);
  }

  get ended(): boolean {
    return this.#over;
  }

  /** Takes the first event that fits; undefined after the deadline, or when nothing can come any more. */
  async take(fits: (event: Inbound) => boolean, ms: number): Promise<Inbound | undefined> {
    const index = this.unclaimed.findIndex(fits);
    const there = index < 0 ? undefined : this.unclaimed.splice(index, 1)[0];
    if (there !== undefined || this.ended) return there;
    // What was there before doesn't fit: only what comes is looked at, so that a flood costs its length, not its square.
    return this.until((settle, event) => {
      const found = event !== undefined && fits(event) && this.claim(event) ? event : undefined;
      if (found !== undefined || this.ended) settle(found);
    }, ms);
  }

  private claim(event: Inbound): boolean {
    const index = this.unclaimed.lastIndexOf(event);
    if (index >= 0) this.unclaimed.splice(index, 1);
    return index >= 0;
  }

  /** Calls `check` at each event until it settles or the time is over. */
  async until<T>(
    check: (settle: (value: T | undefined) => void, event?: Inbound) => void,
    ms: number,
  ): Promise<T | undefined> {
    const waiting = new Waiting<T>(this.scope, ms);
    const settle = (value: T | undefined): void => {
      // At once, not when the promise is looked at: the next event of the same turn belongs to somebody else.
      this.#waiting.delete(wake);
      waiting.settle(value);
    };
    const wake = (event?: Inbound): void => check(settle, event);
    this.#waiting.add(wake);
    try {
      wake();
      return await waiting.promise;
    } finally {
      this.#waiting.delete(wake);
    }
  }

  /** The first event that the matcher claims must satisfy it; what others claim waits. */
  async expect(matcher: Matcher, options: ExpectOptions = {}): Promise<Inbound> {
    const within = options.within ?? this.scope.timing.replyMs;
    const expected = matcher.print();
    const breaks = options.breaks === undefined ? {} : { requirement: options.breaks };
    this.scope.story.tell(`expect ${expected}`);
    const event = await this.take((candidate) => matcher.claims(candidate), within);
    if (event === undefined) return this.missed(expected, within, breaks);
    const wrong = matcher.judge(event);
    if (wrong !== undefined)
      unmet(this.scope, { ...breaks, message: wrong, expected, actual: printInbound(event), entry: event.entry });
    return event;
  }

  private missed(expected: string, within: number, breaks: { requirement?: RequirementKey }): never {
    const others = this.unclaimed.filter((event) => !belongsToEnd(event)).map(printInbound);
    const came = others.length === 0 ? '' : `; came instead: ${others.slice(0, 5).join(', ')}`;
    if (this.ended) {
      this.endExpected = true;
      const actual = `${printEnding(this.ending)}${came}`;
      return unmet(this.scope, { ...breaks, message: `the connection ended instead of ${expected}`, expected, actual });
    }
    const entry = this.scope.recorder.note(this.wire.lane, `deadline: waited ${Math.round(within)} ms for ${expected}`);
    const actual = `nothing within ${Math.round(within)} ms, still open${came}`;
    return unmet(this.scope, {
      ...breaks,
      message: `${expected} did not come`,
      expected,
      actual,
      evidence: 'deadline',
      entry,
    });
  }

  /** The sentinel must come, and nothing that `forbidden` claims before it. */
  async expectNotBefore(forbidden: Matcher, sentinel: Matcher, options: ExpectOptions = {}): Promise<void> {
    const within = options.within ?? this.scope.timing.replyMs;
    const breaks = options.breaks === undefined ? {} : { requirement: options.breaks };
    this.scope.story.tell(`expect ${sentinel.print()}, and before it no ${forbidden.print()}`);
    const event = await this.take((candidate) => forbidden.claims(candidate) || sentinel.claims(candidate), within);
    if (event === undefined) return this.missed(sentinel.print(), within, breaks);
    const expected = `no ${forbidden.print()}`;
    if (!sentinel.claims(event)) {
      unmet(this.scope, {
        ...breaks,
        message: `${printInbound(event)} must not come`,
        expected,
        actual: printInbound(event),
        entry: event.entry,
      });
    }
    const wrong = sentinel.judge(event);
    if (wrong !== undefined)
      unmet(this.scope, {
        ...breaks,
        message: wrong,
        expected: sentinel.print(),
        actual: printInbound(event),
        entry: event.entry,
      });
  }

  /** Waits for the end; undefined where it is still open after `ms`. */
  async waitForEnd(ms: number, tcp = false): Promise<Ending | undefined> {
    return this.until<Ending>((settle) => {
      const { ending } = this;
      if (hasEnded(ending, tcp)) settle(ending);
    }, ms);
  }

  /** Claims all that belongs to the end. */
  claimEnd(): void {
    this.endExpected = true;
    const rest = this.unclaimed.filter((event) => !belongsToEnd(event));
    this.unclaimed.splice(0, this.unclaimed.length, ...rest);
  }
}

export function printInbound(event: Inbound): string {
  switch (event.kind) {
    case 'packet':
      return describe(event.packet);
    case 'frame':
      return `${{ 8: 'Close', 9: 'Ping', 10: 'Pong' }[event.frame.opcode] ?? `frame of opcode ${event.frame.opcode}`} frame`;
    case 'unreadable':
      return event.message;
    case 'end':
      return { fin: 'FIN', reset: 'RST', error: 'connection error' }[event.how];
  }
}
