/**
 * All changes of a file in one text, each behind its number: `$m(17) ? changed : original`. So one build serves all
 * mutants, and one run of a case tells which of them it comes to.
 */
import { replacements } from './operators.ts';
import { isArrowBody, isSaidOtherwise, placeOf, ROOT_PLACE, type Place } from './place.ts';
import { isPure } from './purity.ts';
import { settledParts, type SettledParts } from './settled.ts';
import { childrenOf, nodesIn, parse, type SyntaxNode } from './syntax.ts';

export interface SourceMutant {
  /** `delivery.ts dispatch: congested → true`: says the same whatever stands above it in the file. */
  readonly id: string;
  readonly file: string;
  /** The function, or what is defined outside of all. */
  readonly owner: string;
  /** From 1. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** `dead`: a broker that nobody alters doesn't come there. `value`: there it always works out the same. */
  readonly settled?: 'dead' | 'value';
}

/** `switch`: one of them can be active. `watch`: what each would make of it is seen, none is active. */
export type SchemataMode = 'switch' | 'watch';

export interface Schemata {
  readonly code: string;
  readonly mutants: readonly SourceMutant[];
}

/** The numbers begin at `first`. `file` is the name in the ids. */
export function schemata(file: string, source: string, first: number, mode: SchemataMode): Schemata {
  const root = parse(file, source);
  const writer = new Writer(file, source, first, mode, settledParts(root));
  const code = writer.write(root, ROOT_PLACE);
  return {
    code: `const $m = globalThis.$mutants.ask, $see = globalThis.$mutants.see;${code}`,
    mutants: writer.mutants,
  };
}

/** Characters of a change that an id shows. */
const SHOWN = 70;

class Writer {
  readonly mutants: SourceMutant[] = [];
  readonly #file: string;
  readonly #source: string;
  readonly #first: number;
  readonly #mode: SchemataMode;
  readonly #settled: SettledParts;
  /** Inside of what is dead. */
  #dead = false;
  readonly #ids = new Map<string, number>();

  constructor(file: string, source: string, first: number, mode: SchemataMode, settled: SettledParts) {
    this.#settled = settled;
    this.#file = file;
    this.#source = source;
    this.#first = first;
    this.#mode = mode;
  }

  write(node: SyntaxNode, place: Place): string {
    const before = this.#dead;
    this.#dead ||= this.#settled.dead.has(node);
    const text = this.#write(node, place);
    this.#dead = before;
    return text;
  }

  #write(node: SyntaxNode, place: Place): string {
    if (node.type === 'ExpressionStatement') return this.#statement(node, place);
    if (node.type === 'BlockStatement') return this.#block(node, place);
    if (node.type === 'SwitchCase') return this.#switchCase(node, place);
    const changes = place.value ? replacements(node, this.#source, place.position) : [];
    if (isArrowBody(node, place) && changes.length === 0) changes.push('undefined');
    if (changes.length === 0) return this.#withChildren(node, place);
    const numbers = changes.map((text) => this.#number(node, text, place));
    const original = this.#withChildren(node, place);
    if (this.#mode === 'watch' && isPure(node)) {
      const thunks = numbers.map((number, index) => `${number}, () => (${changes[index]})`).join(', ');
      return `$see(${place.position.truth}, (${original}), ${thunks})`;
    }
    return `(${numbers.map((number, index) => `$m(${number}) ? (${changes[index]}) : `).join('')}(${original}))`;
  }

  #text({ start, end }: SyntaxNode): string {
    return this.#source.slice(start, end);
  }

  /** The node's own text, with that of its children changed. */
  #withChildren(node: SyntaxNode, place: Place): string {
    return this.#between(node, place, childrenOf(node), node.start, node.end);
  }

  #between(node: SyntaxNode, place: Place, children: readonly SyntaxNode[], from: number, to: number): string {
    let text = '';
    let at = from;
    for (const child of children) {
      text += this.#source.slice(at, child.start) + this.write(child, placeOf(child, node, place));
      at = child.end;
    }
    return text + this.#source.slice(at, to);
  }

  #statement(node: SyntaxNode, place: Place): string {
    const directive = typeof node['directive'] === 'string';
    if (directive || isSuper(node)) return this.#withChildren(node, place);
    const number = this.#number(node, '', place);
    return `{if (!$m(${number})) {${this.#withChildren(node, place)}}}`;
  }

  #block(node: SyntaxNode, place: Place): string {
    if (isSaidOtherwise(node, place)) return this.#withChildren(node, place);
    const number = this.#number(node, '{}', place);
    return `{if (!$m(${number})) ${this.#withChildren(node, place)}}`;
  }

  #switchCase(node: SyntaxNode, place: Place): string {
    const body = nodesIn(node['consequent']);
    const [first] = body;
    if (first === undefined) return this.#withChildren(node, place);
    const number = this.#number(node, 'break', place);
    const head = this.#between(node, place, nodesIn(node['test']), node.start, first.start);
    return `${head} if ($m(${number})) break; ${this.#between(node, place, body, first.start, node.end)}`;
  }

  #number(node: SyntaxNode, to: string, { owner }: Place): number {
    const from = this.#text(node);
    const change = to === '' ? `- ${short(from)}` : `${short(from)} → ${short(to)}`;
    const name = `${this.#file} ${owner === '' ? '' : `${owner}: `}${change}`;
    const count = (this.#ids.get(name) ?? 0) + 1;
    this.#ids.set(name, count);
    const id = count === 1 ? name : `${name} (${count})`;
    const line = this.#source.slice(0, node.start).split('\n').length;
    const settled = this.#dead ? 'dead' : this.#settled.values.has(node) ? 'value' : undefined;
    this.mutants.push({ id, file: this.#file, owner, line, from, to, ...(settled && { settled }) });
    return this.#first + this.mutants.length - 1;
  }
}

const isSuper = ({ expression }: SyntaxNode): boolean => {
  const { type, callee } = expression as SyntaxNode;
  return type === 'CallExpression' && (callee as SyntaxNode).type === 'Super';
};

/** In one line. */
export function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN - 1)}…`;
}
