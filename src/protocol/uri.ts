// RFC 3986 Appendix A. Each part is one class of characters, so that no text makes the match go back.
const NAME = "(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})";
const UNIT = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"; // pchar
const HOST = `(?:\\[[0-9A-Fa-fv.:]{2,64}\\]|${NAME}*)`;
const AUTHORITY = `//(?:(?:${NAME}|:)*@)?${HOST}(?::[0-9]*)?`;
const PATHS = `(?:${AUTHORITY}(?:/${UNIT}*)*|/(?:${UNIT}+(?:/${UNIT}*)*)?|${UNIT}+(?:/${UNIT}*)*|)`;
const TAIL = `(?:${UNIT}|[/?])*`;
const URI = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:${PATHS}(?:\\?${TAIL})?(?:#${TAIL})?$`);

const LONGEST = 8192; // UTF-16 units, above any that a record or a report has use for

/** Whether a text is a URI with its scheme (RFC 3986 §3). */
export function isUri(text: string): boolean {
  return text.length <= LONGEST && URI.test(text);
}
