/** The syntax tree of a source file, as far as changing it needs: nodes with their places, types left out. */
import { parseSync, visitorKeys } from 'oxc-parser';

/** A node of ESTree. */
export interface SyntaxNode {
  readonly type: string;
  /** Offsets in the source text, in UTF-16 units; `end` is behind the last. */
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function parse(file: string, source: string): SyntaxNode {
  const { program, errors } = parseSync(file, source);
  const [first] = errors;
  if (first !== undefined) throw new SyntaxError(`${file}: ${first.message}`);
  return program as unknown as SyntaxNode;
}

/** Expressions with a type beside them: the type is no child. */
const ONLY_EXPRESSION: readonly string[] = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'];

/** The children that are left when types are taken away, in the order of the text. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const keys = ONLY_EXPRESSION.includes(node.type) ? ['expression'] : (visitorKeys[node.type] ?? []);
  const found = keys.flatMap((key) => nodesIn(node[key]));
  const kept = found.filter((child) => isKept(child));
  // `{ a }` has its one name twice, as a key and as a value.
  const once = kept.filter(({ start }, index) => kept[index + 1]?.start !== start);
  return once.toSorted((one, other) => one.start - other.start);
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

export const nodesIn = (value: unknown): SyntaxNode[] =>
  Array.isArray(value) ? value.filter((one) => isNode(one)) : isNode(value) ? [value] : [];

const isKept = ({ type }: SyntaxNode): boolean => !type.startsWith('TS') || ONLY_EXPRESSION.includes(type);

/** Node and all below it. */
export function everyNode(node: SyntaxNode): SyntaxNode[] {
  return [node, ...childrenOf(node).flatMap((child) => everyNode(child))];
}
