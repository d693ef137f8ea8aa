/** What a DNS server makes of a good answer, by name. */
export type DnsFault = keyof typeof FAULTS;

/** One answer as octets, and where its question section ends. */
interface Octets {
  readonly message: Buffer;
  readonly afterQuestion: number;
}

const HEADER = 12; // octets
const [QUESTIONS, ANSWERS, AUTHORITIES, ADDITIONALS] = [4, 6, 8, 10] as const;
const A_POINTER_TO_THE_QUESTION = Buffer.of(0xc0, HEADER);

const FAULTS = {
  /** RCODE 0 and nothing at all, not even the SOA that RFC 2308 §2 asks for. */
  empty: ({ message, afterQuestion }) => counted(message.subarray(0, afterQuestion), {}),
  /** An upward referral: the root's servers, and no answer (RFC 1034 §4.3.1). */
  referral: ({ message, afterQuestion }) =>
    counted(append(message.subarray(0, afterQuestion), record(Buffer.of(0), 2, name("ns.invalid"))), {
      authorities: 1,
    }),
  /** BADVERS is 16, which needs the OPT record's high bits (RFC 6891 §6.1.3). */
  badvers: ({ message, afterQuestion }) =>
    counted(append(message.subarray(0, afterQuestion), opt({ high: 1 })), { additionals: 1 }),
  "pointer-loop": ({ message, afterQuestion }) =>
    counted(append(message.subarray(0, afterQuestion), record(Buffer.of(0xc0, afterQuestion), 16, text("x"))), {
      answers: 1,
    }),
  /** 64 octets: the two high bits of a label's length are no length (RFC 1035 §4.1.4). */
  "long-label": ({ message, afterQuestion }) =>
    counted(append(message.subarray(0, afterQuestion), record(label(64), 16, text("x"))), { answers: 1 }),
  "long-name": ({ message, afterQuestion }) =>
    counted(append(message.subarray(0, afterQuestion), record(label(60, 5), 16, text("x"))), { answers: 1 }),
  "length-overrun": ({ message, afterQuestion }) =>
    counted(append(message.subarray(0, afterQuestion), record(A_POINTER_TO_THE_QUESTION, 16, text("x"), 500)), {
      answers: 1,
    }),
  "no-question": ({ message, afterQuestion }) => {
    const bare = append(message.subarray(0, HEADER), message.subarray(afterQuestion));
    bare.writeUInt16BE(0, QUESTIONS);
    return bare;
  },
  "too-many-counted": ({ message }) => {
    const lying = Buffer.from(message);
    lying.writeUInt16BE(0xffff, ANSWERS);
    return lying;
  },
  "two-opt": ({ message }) => withOptions(message, opt({}), opt({})),
  "opt-payload-0": ({ message }) => withOptions(message, opt({ payload: 0 })),
  /** A server cookie of one octet, where RFC 7873 §4 asks for 8 to 32. */
  "opt-bad-cookie": ({ message }) =>
    withOptions(message, opt({ data: Buffer.of(0, 10, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9) })),
  /** The question in capitals, as a server that does not keep 0x20 case may send it. */
  "other-case": ({ message, afterQuestion }) =>
    append(
      message.subarray(0, HEADER),
      Buffer.from(message.subarray(HEADER, afterQuestion).toString("latin1").toUpperCase(), "latin1"),
      message.subarray(afterQuestion),
    ),
  "ttl-0": ({ message, afterQuestion }) => withTtl(message, afterQuestion, 0),
  "ttl-2^31": ({ message, afterQuestion }) => withTtl(message, afterQuestion, 2 ** 31),
} as const satisfies Readonly<Record<string, (octets: Octets) => Buffer>>;

export const DNS_FAULTS = Object.keys(FAULTS) as readonly DnsFault[];

/** The good answer `message`, distorted. */
export function distort(message: Buffer, fault: DnsFault): Buffer {
  return FAULTS[fault]({ message, afterQuestion: pastName(message, HEADER) + 4 });
}

const append = (...parts: readonly Buffer[]): Buffer => Buffer.concat(parts);
const name = (written: string): Buffer =>
  append(...written.split(".").map((part) => append(Buffer.of(part.length), Buffer.from(part))), Buffer.of(0));
const label = (length: number, times = 1): Buffer =>
  append(...Array.from({ length: times }, () => append(Buffer.of(length), Buffer.alloc(length, "a"))), Buffer.of(0));
const text = (written: string): Buffer => append(Buffer.of(written.length), Buffer.from(written));

/** One record of class IN; `length` is a lie where given. */
function record(owner: Buffer, type: number, data: Buffer, length = data.length): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(60, 4);
  fixed.writeUInt16BE(length, 8);
  return append(owner, fixed, data);
}

/** OPT (RFC 6891 §6.1.2): the class is the payload size, the TTL begins with the high bits of the RCODE. */
function opt({ payload = 1_232, high = 0, data = Buffer.alloc(0) }): Buffer {
  const pseudo = record(Buffer.of(0), 41, data);
  pseudo.writeUInt16BE(payload, 3);
  pseudo.writeUInt32BE(high << 24, 5);
  return pseudo;
}

function counted(message: Buffer, { answers = 0, authorities = 0, additionals = 0 }): Buffer {
  const whole = Buffer.from(message);
  whole.writeUInt16BE(answers, ANSWERS);
  whole.writeUInt16BE(authorities, AUTHORITIES);
  whole.writeUInt16BE(additionals, ADDITIONALS);
  return whole;
}

function withOptions(message: Buffer, ...options: readonly Buffer[]): Buffer {
  const whole = append(message, ...options);
  whole.writeUInt16BE(message.readUInt16BE(ADDITIONALS) + options.length, ADDITIONALS);
  return whole;
}

/** Every TTL of the answer section. */
function withTtl(message: Buffer, from: number, ttl: number): Buffer {
  const whole = Buffer.from(message);
  let at = from;
  for (let left = whole.readUInt16BE(ANSWERS); left > 0; left -= 1) {
    at = pastName(whole, at);
    whole.writeUInt32BE(ttl, at + 4);
    at += 10 + whole.readUInt16BE(at + 8);
  }
  return whole;
}

function pastName(message: Buffer, from: number): number {
  let at = from;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    if (length >= 0xc0) return at + 2;
    at += length + 1;
  }
  return at + 1;
}
