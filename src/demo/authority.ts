import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv6 } from "node:net";
import * as der from "./der.ts";

/** A certification authority of three storeys, made on the spot: root, intermediate, leaves. Keys never leave the process. */
export interface Authority {
  readonly rootPem: string;
  readonly intermediatePem: string;
  readonly issue: (request: CertificateRequest) => Issued;
}

export interface CertificateRequest {
  /** DNS-IDs, written as they are, valid or not. Empty: no subjectAltName unless `extraSans` has some. */
  readonly names: readonly string[];
  /** Subject CN; the first name if left out, no subject at all if empty. */
  readonly commonName?: string;
  /** Yesterday, if left out. */
  readonly notBefore?: Date;
  /** In 90 days, if left out. */
  readonly notAfter?: Date;
  readonly key?: KeyKind;
  readonly by?: "intermediate" | "root" | "self";
  readonly extraSans?: readonly { readonly type: "ip" | "email"; readonly value: string }[];
  /** Server authentication, if left out. */
  readonly usage?: "server" | "client";
  /** SHA-256, if left out. */
  readonly digest?: Digest;
}

export interface Issued {
  /** The leaf alone. */
  readonly certPem: string;
  readonly keyPem: string;
  /** As a server should present it: the leaf, then the intermediate where one issued it. */
  readonly chainPem: string;
}

type Digest = "sha256" | "sha1";
type KeyKind = "ec" | "rsa" | "rsa-1024";

interface Party {
  readonly name: string;
  readonly key: KeyObject;
}

interface Contents {
  readonly subject: Party;
  readonly issuer: Party;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Buffer[];
  readonly digest?: Digest;
}

const DAY = 86_400_000;
const OID = {
  commonName: "2.5.4.3",
  ec: { sha256: "1.2.840.10045.4.3.2", sha1: "1.2.840.10045.4.1" },
  rsa: { sha256: "1.2.840.113549.1.1.11", sha1: "1.2.840.113549.1.1.5" },
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyId: "2.5.29.35",
  extKeyUsage: "2.5.29.37",
  server: "1.3.6.1.5.5.7.3.1",
  client: "1.3.6.1.5.5.7.3.2",
} as const;

/** Issues certificates that OpenSSL's strict checks take (RFC 5280), under a root that only a `ca-file` can make trusted. */
export function createAuthority(name: string): Authority {
  const root: Party = { name: `${name} Root`, key: freshKey("ec") };
  const intermediate: Party = { name: `${name} Intermediate`, key: freshKey("ec") };
  const lifetime = { notBefore: new Date(Date.now() - 30 * DAY), notAfter: new Date(Date.now() + 3_650 * DAY) };
  const rootPem = certificate({ subject: root, issuer: root, ...lifetime, extensions: forAuthority(root, root) });
  const intermediatePem = certificate({
    subject: intermediate,
    issuer: root,
    ...lifetime,
    extensions: forAuthority(intermediate, root, 0),
  });

  const issue = (request: CertificateRequest): Issued => {
    const { by = "intermediate", key = "ec", names } = request;
    const subject: Party = { name: request.commonName ?? names[0] ?? "", key: keyOf(key) };
    const certPem = certificate({
      subject,
      issuer: { intermediate, root, self: subject }[by],
      notBefore: request.notBefore ?? new Date(Date.now() - DAY),
      notAfter: request.notAfter ?? new Date(Date.now() + 90 * DAY),
      extensions: forServer(subject, { intermediate, root, self: subject }[by], request),
      ...(request.digest && { digest: request.digest }),
    });
    const keyPem = subject.key.export({ type: "pkcs8", format: "pem" }).toString();
    return { certPem, keyPem, chainPem: by === "intermediate" ? certPem + intermediatePem : certPem };
  };
  return { rootPem, intermediatePem, issue };
}

// A key costs far more than a certificate, and nothing here depends on leaves having different ones.
const leafKeys = new Map<KeyKind, KeyObject>();

function keyOf(kind: KeyKind): KeyObject {
  const key = leafKeys.get(kind) ?? freshKey(kind);
  leafKeys.set(kind, key);
  return key;
}

function freshKey(kind: KeyKind): KeyObject {
  if (kind === "ec") return generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
  return generateKeyPairSync("rsa", { modulusLength: kind === "rsa" ? 2_048 : 1_024 }).privateKey;
}

function certificate(contents: Contents): string {
  const { subject, issuer, notBefore, notAfter, extensions, digest = "sha256" } = contents;
  const algorithm = signatureAlgorithm(issuer.key, digest);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(serial),
    algorithm,
    distinguishedName(issuer.name),
    der.sequence(der.time(notBefore), der.time(notAfter)),
    distinguishedName(subject.name),
    publicKey(subject.key),
    der.explicit(3, der.sequence(...extensions)),
  );
  return der.pem("CERTIFICATE", der.sequence(body, algorithm, der.bitString(sign(digest, body, issuer.key))));
}

const signatureAlgorithm = (key: KeyObject, digest: Digest): Buffer =>
  key.asymmetricKeyType === "ec"
    ? der.sequence(der.objectId(OID.ec[digest]))
    : der.sequence(der.objectId(OID.rsa[digest]), der.nothing());

const distinguishedName = (commonName: string): Buffer =>
  commonName === ""
    ? der.sequence()
    : der.sequence(der.setOf(der.sequence(der.objectId(OID.commonName), der.utf8String(commonName))));

const publicKey = (key: KeyObject): Buffer => createPublicKey(key).export({ type: "spki", format: "der" });

// RFC 5280 §4.2.1.2, method 1 would hash the bit string alone; any unique value will do, and this one is shorter.
const keyId = (key: KeyObject): Buffer => createHash("sha1").update(publicKey(key)).digest();

function extension(oid: string, value: Buffer, critical = false): Buffer {
  return der.sequence(der.objectId(oid), ...(critical ? [der.truth()] : []), der.octetString(value));
}

const keyIds = (subject: Party, issuer: Party): readonly Buffer[] => [
  extension(OID.subjectKeyId, der.octetString(keyId(subject.key))),
  extension(OID.authorityKeyId, der.sequence(der.implicit(0, keyId(issuer.key)))),
];

const forAuthority = (subject: Party, issuer: Party, pathLength?: number): readonly Buffer[] => [
  extension(
    OID.basicConstraints,
    der.sequence(der.truth(), ...(pathLength === undefined ? [] : [der.integer(pathLength)])),
    true,
  ),
  extension(OID.keyUsage, der.bitString(Buffer.of(0b0000_0110), 1), true), // keyCertSign, cRLSign
  ...keyIds(subject, issuer),
];

function forServer(
  subject: Party,
  issuer: Party,
  { names, extraSans = [], usage = "server" }: CertificateRequest,
): readonly Buffer[] {
  const dnsIds = names.map((name) => der.implicit(2, Buffer.from(name, "latin1")));
  const others = extraSans.map(({ type, value }) =>
    type === "ip" ? der.implicit(7, ipOctets(value)) : der.implicit(1, Buffer.from(value, "latin1")),
  );
  const alternatives = [...dnsIds, ...others];
  return [
    extension(OID.basicConstraints, der.sequence(), true),
    extension(OID.keyUsage, der.bitString(Buffer.of(0b1000_0000), 7), true), // digitalSignature
    extension(OID.extKeyUsage, der.sequence(der.objectId(OID[usage]))),
    ...keyIds(subject, issuer),
    // RFC 5280 §4.2.1.6: critical when there is no subject.
    ...(alternatives.length > 0
      ? [extension(OID.subjectAltName, der.sequence(...alternatives), subject.name === "")]
      : []),
  ];
}

function ipOctets(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = address.split("::");
  const groups = (text: string): string[] => text.split(":").filter((group) => group !== "");
  const [left, right] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return Buffer.from([...left, ...zeros, ...right].map((group) => group.padStart(4, "0")).join(""), "hex");
}
