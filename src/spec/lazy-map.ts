/** A map that is built when somebody first asks: importing the catalogue costs nothing. */
export class LazyMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #build: () => ReadonlyMap<Key, Value>;
  #built: ReadonlyMap<Key, Value> | undefined;

  constructor(build: () => ReadonlyMap<Key, Value>) {
    this.#build = build;
  }

  get #map(): ReadonlyMap<Key, Value> {
    this.#built ??= this.#build();
    return this.#built;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: Key): Value | undefined {
    return this.#map.get(key);
  }

  has(key: Key): boolean {
    return this.#map.has(key);
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    this.#map.forEach(visit);
  }

  entries(): MapIterator<[Key, Value]> {
    return this.#map.entries();
  }

  keys(): MapIterator<Key> {
    return this.#map.keys();
  }

  values(): MapIterator<Value> {
    return this.#map.values();
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.#map.entries();
  }
}
