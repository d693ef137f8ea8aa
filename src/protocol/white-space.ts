// WSP of RFC 5234: SP and HTAB, nothing else. `trim` and `\s` would also take NBSP, BOM and U+2028.

/** The first index from `at` on that holds no SP or HTAB. */
export function blanksEnd(text: string, at: number): number {
  let end = at;
  while (isBlank(text.charCodeAt(end))) end += 1;
  return end;
}

/** Where the SP and HTAB begin that end at `at`. */
export function blanksStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}
