import type { ParameterValues } from './parameters.ts';

/** `p(99)<$limit` with the value of the parameter. */
export function withValues(expression: string, parameters: ParameterValues): string {
  return expression.replaceAll(/\$([A-Za-z][A-Za-z0-9]*)/g, (all, name: string) => String(parameters[name] ?? all));
}
