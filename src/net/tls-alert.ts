export { alertName } from '#wire';

/** The alert that the peer sent, from the words of an OpenSSL error. */
export function alertNumber(message: string): number | undefined {
  const number = /alert number (\d+)/i.exec(message)?.[1];
  return number === undefined ? undefined : Number(number);
}
