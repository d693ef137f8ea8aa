interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

const [SEQUENCE, OID, OCTET_STRING, EXTENSIONS, DNS_NAME] = [0x30, 0x06, 0x04, 0xa3, 0x82];
const SUBJECT_ALT_NAME = Uint8Array.of(0x55, 0x1d, 0x11); // 2.5.29.17
const MOST_NAMES = 10_000;

/**
 * The dNSName entries of a certificate's subjectAltName, as presented (RFC 5280 §4.2.1.6): read from the DER, because a printed
 * list of names can be forged by a name with a comma in it. At most the first 10,000; none when there is no such extension;
 * `undefined` when the DER is malformed. Octets outside ASCII come as U+0080 to U+00FF and so match no host. Never throws.
 */
export function dnsIdsOf(der: Uint8Array): readonly string[] | undefined {
  const [certificate, ...after] = elementsOf(der, 1) ?? [];
  const toBeSigned = certificate?.tag === SEQUENCE && after.length === 0 ? childrenOf(certificate)?.[0] : undefined;
  const parts = toBeSigned?.tag === SEQUENCE ? childrenOf(toBeSigned) : undefined;
  if (parts === undefined) return undefined;
  const wrapper = parts.find(({ tag }) => tag === EXTENSIONS);
  if (wrapper === undefined) return [];
  const list = childrenOf(wrapper);
  const extensions = list?.length === 1 && list[0]?.tag === SEQUENCE ? childrenOf(list[0]) : undefined;
  return extensions && namesIn(extensions);
}

function namesIn(extensions: readonly Element[]): readonly string[] | undefined {
  let names: readonly string[] | undefined = [];
  let seen = false;
  for (const extension of extensions) {
    const parts = extension.tag === SEQUENCE ? childrenOf(extension) : undefined;
    const [id, value] = [parts?.[0], parts?.at(-1)];
    if (id?.tag !== OID || value === undefined) return undefined;
    if (!sameBytes(id.content, SUBJECT_ALT_NAME)) continue;
    if (seen || value.tag !== OCTET_STRING) return undefined; // RFC 5280 §4.2: no extension twice
    seen = true;
    names = dnsNames(value);
  }
  return names;
}

function dnsNames(value: Element): readonly string[] | undefined {
  const list = childrenOf(value);
  const names = list?.length === 1 && list[0]?.tag === SEQUENCE ? childrenOf(list[0]) : undefined;
  return names
    ?.filter(({ tag }) => tag === DNS_NAME)
    .slice(0, MOST_NAMES)
    .map(({ content }) => Array.from(content, (octet) => String.fromCharCode(octet)).join(""));
}

function childrenOf({ content }: Element): readonly Element[] | undefined {
  return elementsOf(content, Number.POSITIVE_INFINITY);
}

/** The elements that fill `bytes` exactly; `undefined` when they do not, or are more than `most`. */
function elementsOf(bytes: Uint8Array, most: number): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0x80;
    const lengthOctets = first > 0x80 ? first - 0x80 : 0;
    // X.690 §10.1: DER lengths are definite. Tags of several octets do not occur on the way to the names.
    if ((tag & 0x1f) === 0x1f || first === 0x80 || lengthOctets > 4 || elements.length === most) return undefined;
    const start = at + 2 + lengthOctets;
    if (start > bytes.length) return undefined;
    const length =
      lengthOctets === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, octet) => sum * 256 + octet, 0);
    if (start + length > bytes.length) return undefined;
    elements.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return elements;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, at) => octet === b[at]);
}
