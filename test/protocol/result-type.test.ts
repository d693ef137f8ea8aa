import { describe, expect, test } from "vitest";
import { isTextPlain } from "../../src/protocol/media-type.ts";
import { parsePolicy } from "../../src/protocol/policy.ts";
import {
  FETCH_FAILURE,
  RESULT_TYPES,
  type ResultType,
  SMTP_FAILURE,
  x509Failure,
} from "../../src/protocol/result-type.ts";
import { type Vector, vectors } from "./vectors.ts";

test("all eleven registered types, once", () => expect(new Set(RESULT_TYPES).size).toBe(11));

test("no failure has a type that RFC 8460 §4.3 does not know", () => {
  const used = [...Object.values(SMTP_FAILURE), ...Object.values(FETCH_FAILURE)].map(({ resultType }) => resultType);
  expect(used.filter((type) => !RESULT_TYPES.includes(type))).toEqual([]);
});

test.for([
  ["CERT_HAS_EXPIRED", "certificate-expired"],
  ["CERT_NOT_YET_VALID", "certificate-not-trusted"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "certificate-not-trusted"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate-host-mismatch"],
  ["a code of tomorrow", "certificate-not-trusted"],
  ["__proto__", "certificate-not-trusted"],
  ["toString", "certificate-not-trusted"],
] as const)("%s is reported as %s", ([code, resultType]) => {
  expect(x509Failure(code)).toEqual({ resultType, reasonCode: code });
});

interface FetchVector extends Vector {
  readonly given: {
    readonly policy_domain: string;
    readonly tls: { readonly names: readonly string[]; readonly trusted: boolean; readonly expired: boolean };
    readonly network?: string;
    readonly status?: number;
    readonly headers?: { readonly "content-type"?: string };
    readonly body?: string;
    readonly body_size?: number;
  };
  readonly expect: { readonly usable: boolean; readonly tlsrpt: ResultType | null };
}

/** The order of a fetch: connection, certificate, status, media type, size, text. */
function reported({ network, tls, status, headers, body, body_size = 0 }: FetchVector["given"]): ResultType | null {
  if (network !== undefined) return FETCH_FAILURE.connection.resultType;
  if (!tls.trusted || tls.expired) return FETCH_FAILURE["untrusted-certificate"].resultType;
  if (status !== 200) return FETCH_FAILURE[status && status < 400 ? "redirect" : "status"].resultType;
  if (!isTextPlain(headers?.["content-type"] ?? null)) return FETCH_FAILURE["media-type"].resultType;
  if (body_size > 65_536) return FETCH_FAILURE["too-large"].resultType;
  if (body === undefined) return null;
  const parse = parsePolicy(new TextEncoder().encode(body));
  return parse.kind === "valid" ? null : FETCH_FAILURE["not-a-policy"].resultType;
}

describe("fetch vectors: what is reported (RFC 8460 §4.3.2.2)", () => {
  test.for(vectors<FetchVector>("fetch"))("$id: $reason", ({ given, expect: { tlsrpt } }) => {
    expect(reported(given)).toBe(tlsrpt);
  });
});
