export type Fetch = typeof globalThis.fetch;

const BODILESS = new Set([101, 103, 204, 205, 304]);

/**
 * A fetch whose body is whole and at most `limit` octets, whatever its status. Octokit reads bodies without a limit, and
 * hides one that breaks off.
 * @throws BodyLimitError, and whatever `fetch` throws.
 */
export function boundedFetch(fetch: Fetch, limit: number): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { status, statusText, headers } = response;
    const octets = await boundedOctets(response, limit);
    return new Response(BODILESS.has(status) ? null : octets, {
      status,
      statusText,
      headers: new Headers([...headers]),
    });
  };
}

export class BodyLimitError extends Error {
  override readonly name = "BodyLimitError";
}

async function boundedOctets({ body }: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    // Leaving the loop cancels the stream.
    if (length > limit) throw new BodyLimitError(`the answer is longer than ${limit} octets`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}
