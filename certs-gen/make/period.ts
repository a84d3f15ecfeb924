const DAY_MS = 86_400_000;

export interface Period {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Whole seconds: certificates have no smaller part. */
const daysFrom = (date: Date, days: number): Date => new Date(Math.floor(date.getTime() / 1000) * 1000 + days * DAY_MS);

/** From a day ago, as the clocks of two machines differ. */
export function validFor(now: Date, days: number): Period {
  return { notBefore: daysFrom(now, -1), notAfter: daysFrom(now, days) };
}

export function expired(now: Date): Period {
  return { notBefore: daysFrom(now, -60), notAfter: daysFrom(now, -30) };
}

/** Begins when everything else of the PKI has ended. */
export function notYet(end: Date): Period {
  return { notBefore: daysFrom(end, 1), notAfter: daysFrom(end, 31) };
}
