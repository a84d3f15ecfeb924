export function clientScript(): string {
  return '';
}
