/** As much of a browser as the page uses. The library of TypeScript would give its globals to the whole project. */
import type { PageEnd, PageFace } from './contract.ts';

export interface PageSocket {
  binaryType: string;
  readonly protocol: string;
  /** 3: closed. */
  readonly readyState: number;
  send(bytes: Uint8Array): void;
  close(code?: number): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: string | ArrayBuffer }) => void): void;
  addEventListener(type: 'close', listener: (event: PageEnd) => void): void;
}

interface PageWindow {
  readonly WebSocket: new (url: string, protocols: readonly string[]) => PageSocket;
  fetch(url: string, options: { readonly mode: 'no-cors' }): Promise<unknown>;
  readonly document: { getElementById(id: string): { textContent: string } | null };
  mqttspec: PageFace;
}

export const page = globalThis as unknown as PageWindow;

/** A line on the page, for whoever looks at a picture of it. */
export function show(line: string): void {
  const log = page.document.getElementById('log');
  if (log !== null) log.textContent += `${line}\n`;
}
