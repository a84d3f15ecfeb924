/**
 * A bounded histogram of durations that merges exactly: over workers, seconds, runs and hosts the result is the same as if one
 * had recorded all. Log-linear: values below 256 µs are kept to the microsecond, above to 1/128 (0.8 %); the bounds are exact.
 */

/** Sub-buckets of each power of two. */
const SUB_BITS = 7;
const LINEAR = 2 << SUB_BITS;
/** The largest value, in microseconds: 35 minutes 47 seconds. What is longer is counted there, and `max` says how long it was. */
export const LARGEST_US = 2 ** 31 - 1;
const BUCKETS = bucketOf(LARGEST_US) + 1;

function bucketOf(us: number): number {
  if (us < LINEAR) return us;
  const shift = 31 - Math.clz32(us) - SUB_BITS;
  return (shift << SUB_BITS) + (us >>> shift);
}

/** The highest value that falls into the bucket, in microseconds. */
function highestOf(bucket: number): number {
  if (bucket < LINEAR) return bucket;
  const shift = (bucket >>> SUB_BITS) - 1;
  return (bucket - (shift << SUB_BITS) + 1) * 2 ** shift - 1;
}

/** As written to a file: `buckets` is index, count, index, count…; everything in whole microseconds. */
export interface HistogramData {
  readonly unit: 'us';
  readonly subBits: typeof SUB_BITS;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly buckets: readonly number[];
}

export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  /** Whole microseconds, so that adding is exact in any order. */
  #sum = 0;
  #min = Infinity;
  #max = 0;

  /** The buckets of the least and the most: nothing lies outside. */
  get #first(): number {
    return bucketOf(Math.min(this.#min, LARGEST_US));
  }

  get #last(): number {
    return bucketOf(Math.min(this.#max, LARGEST_US));
  }

  /** How many values. */
  get count(): number {
    return this.#count;
  }

  /** Milliseconds; 0 where there is no value. Never negative, even if clocks are. */
  record(ms: number): void {
    const us = ms > 0 ? Math.round(ms * 1000) : 0;
    const bucket = bucketOf(us > LARGEST_US ? LARGEST_US : us);
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#count += 1;
    this.#sum += us;
    if (us < this.#min) this.#min = us;
    if (us > this.#max) this.#max = us;
  }

  add(other: Histogram): void {
    if (other.#count === 0) return;
    const theirs = other.#counts;
    const last = other.#last;
    for (let index = other.#first; index <= last; index += 1) {
      const more = theirs[index] as number;
      if (more > 0) this.#counts[index] = (this.#counts[index] as number) + more;
    }
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  clear(): void {
    if (this.#count === 0) return;
    this.#counts.fill(0, this.#first, this.#last + 1);
    this.#count = 0;
    this.#sum = 0;
    this.#min = Infinity;
    this.#max = 0;
  }

  /** Milliseconds; undefined without values. */
  get min(): number | undefined {
    return this.#count === 0 ? undefined : this.#min / 1000;
  }

  get max(): number | undefined {
    return this.#count === 0 ? undefined : this.#max / 1000;
  }

  get mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count / 1000;
  }

  /** The value that `percent` of 100 do not exceed, in milliseconds: at most 0.8 % too high, never too low. */
  percentile(percent: number): number | undefined {
    if (this.#count === 0) return undefined;
    const rank = Math.max(1, Math.ceil((percent / 100) * this.#count));
    if (rank >= this.#count) return this.#max / 1000;
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.#counts[bucket] as number;
      if (seen >= rank) return Math.max(this.#min, Math.min(highestOf(bucket), this.#max)) / 1000;
    }
    return this.#max / 1000;
  }

  /** How many values are at most `ms`; those in the bucket that `ms` cuts (0.8 % wide) count as above. */
  countUpTo(ms: number): number {
    if (this.#count === 0) return 0;
    const us = ms * 1000;
    if (us >= this.#max) return this.#count;
    let seen = 0;
    for (let bucket = this.#first; bucket < BUCKETS && highestOf(bucket) <= us; bucket += 1) {
      seen += this.#counts[bucket] as number;
    }
    return seen;
  }

  toJSON(): HistogramData {
    const buckets: number[] = [];
    if (this.#count > 0) {
      const last = this.#last;
      for (let bucket = this.#first; bucket <= last; bucket += 1) {
        const count = this.#counts[bucket] as number;
        if (count > 0) buckets.push(bucket, count);
      }
    }
    const min = this.#count === 0 ? 0 : this.#min;
    return { unit: 'us', subBits: SUB_BITS, count: this.#count, sum: this.#sum, min, max: this.#max, buckets };
  }

  /** Throws `RangeError` where the data is not that of a histogram. */
  static from(data: HistogramData): Histogram {
    const made = new Histogram();
    let count = 0;
    for (let at = 0; at < data.buckets.length; at += 2) {
      const bucket = data.buckets[at] as number;
      const more = data.buckets[at + 1];
      if (!(bucket < BUCKETS) || more === undefined) throw new RangeError(`a histogram has no bucket ${bucket}`);
      made.#counts[bucket] = (made.#counts[bucket] as number) + more;
      count += more;
    }
    if (count !== data.count) throw new RangeError(`a histogram of ${data.count} values has ${count} in its buckets`);
    made.#count = count;
    made.#sum = data.sum;
    made.#min = count === 0 ? Infinity : data.min;
    made.#max = data.max;
    return made;
  }

  static merged(all: readonly Histogram[]): Histogram {
    const made = new Histogram();
    for (const one of all) made.add(one);
    return made;
  }
}
