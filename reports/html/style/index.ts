import { CASE } from './case.ts';
import { LAYOUT } from './layout.ts';
import { MATRIX } from './matrix.ts';
import { TOKENS } from './tokens.ts';

/** The style sheet of the page; system fonts, nothing loaded. */
export const STYLE: string = TOKENS + LAYOUT + MATRIX + CASE;
