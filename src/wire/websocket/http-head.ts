/** One field of a head, as it stood. */
export interface HeaderLine {
  readonly name: string;
  /** Without blanks around it; folded lines are joined by one blank. */
  readonly value: string;
  /** The line as sent, without its end. */
  readonly raw: string;
  /** True where a blank stands between the name and the colon. */
  readonly spaceBeforeColon: boolean;
  readonly folded: boolean;
}

/** The head of a request or of a response. Characters are bytes (Latin-1). */
export interface HttpHead {
  readonly startLine: string;
  readonly headers: readonly HeaderLine[];
  /** Lines that are no field: no colon, or no token before it. */
  readonly malformedLines: readonly string[];
  /** True where some line ended in LF alone. */
  readonly bareLf: boolean;
  /** All bytes, with the empty line. */
  readonly bytes: Uint8Array;
}

/** The values of a field, in order, whatever the case of its name. */
export function headerValues(head: HttpHead, name: string): string[] {
  const wanted = name.toLowerCase();
  return head.headers.filter((line) => line.name.toLowerCase() === wanted).map((line) => line.value);
}

/** The lines of a field as one list (RFC 9110 §5.3), or undefined where there is none. */
export function headerList(head: HttpHead, name: string): string | undefined {
  const values = headerValues(head, name);
  return values.length === 0 ? undefined : values.join(', ');
}
