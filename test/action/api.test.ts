import { describe, expect, test, vi } from "vitest";
import { clientOf, startGitHub } from "./github-host.ts";

const ONCE = "GET /user";

describe("limits and waits", () => {
  test.each<[string, number, Record<string, string>, readonly number[]]>([
    ["retry-after: 15", 429, { "retry-after": "15" }, [15_000]],
    ["retry-after: 0", 403, { "retry-after": "0" }, [0]],
    ["retry-after: 21", 429, { "retry-after": "21" }, []],
    ["retry-after: 3600", 403, { "retry-after": "3600" }, []],
    ["retry-after: -1", 429, { "retry-after": "-1" }, []],
    ["retry-after: a date", 429, { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, []],
    ["retry-after: 10^12", 429, { "retry-after": "1000000000000" }, []],
    ["no retry-after", 429, {}, [20_000]],
    ["the hour's limit", 429, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }, []],
  ])("%s", async (_, status, headers, expected) => {
    const host = await startGitHub();
    host.faults.push({ on: ONCE, times: 9, answer: (reply) => reply(status, { message: "slow down" }, headers) });
    const { api, waits } = await clientOf(host);
    expect(await api.get("/user")).toMatchObject({ kind: "failure", failure: { kind: "limited" } });
    expect(waits).toEqual(expected);
  });

  test("a secondary limit that only its message tells", async () => {
    const host = await startGitHub();
    const message = "You have exceeded a secondary rate limit.";
    host.faults.push({ on: ONCE, answer: (reply) => reply(403, { message }) });
    const { api, waits } = await clientOf(host);
    expect(await api.get("/user")).toMatchObject({ failure: { kind: "forbidden" } });
    expect(waits).toEqual([20_000]);
  });

  test("5xx: as many further attempts as allowed, with short waits between", async () => {
    const host = await startGitHub();
    host.faults.push({ on: ONCE, times: 9, answer: (reply) => reply(503) });
    const { api, waits } = await clientOf(host, { retries: 2 });
    expect(await api.get("/user")).toEqual({ kind: "failure", failure: { kind: "transient" } });
    expect(host.requests).toHaveLength(3);
    expect(waits.map((ms) => ms > 100 && ms < 2_000)).toEqual([true, true]);
  });

  test("the budget is wall-clock time: a dripping answer ends with it", async () => {
    const host = await startGitHub();
    let drip: NodeJS.Timeout | undefined;
    const answer = (_: unknown, __: unknown, response: import("node:http").ServerResponse): void => {
      response.writeHead(200, { "content-type": "application/json" });
      drip = setInterval(() => response.write(" "), 20);
    };
    host.faults.push({ on: ONCE, times: 9, answer });
    const { api } = await clientOf(host, { budget: 200 });
    const start = performance.now();
    expect(await api.get("/user")).toEqual({ kind: "failure", failure: { kind: "late" } });
    expect(performance.now() - start).toBeLessThan(1_000);
    clearInterval(drip);
  });

  test("nothing is asked once the run is over", async () => {
    const host = await startGitHub();
    const { api } = await clientOf(host, { signal: AbortSignal.abort() });
    expect(await api.get("/user")).toEqual({ kind: "failure", failure: { kind: "late" } });
    expect(host.requests).toEqual([]);
  });
});

describe("what never happens", () => {
  test("text of the server, or the token, in the log", async () => {
    const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name));
    const host = await startGitHub();
    const headers = { deprecation: "true", sunset: "::error::x", link: '<http://x.example>; rel="deprecation"' };
    host.faults.push({ on: ONCE, answer: (reply) => reply(200, { login: "::add-mask::x" }, headers) });
    const { api } = await clientOf(host);
    expect(await api.get("/user")).toMatchObject({ kind: "answer" });
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test.each([300, 301, 302, 303, 307, 308])("%d is followed", async (status) => {
    const host = await startGitHub();
    host.faults.push({ on: ONCE, answer: (reply) => reply(status, {}, { location: "/elsewhere" }) });
    const { api } = await clientOf(host);
    expect(await api.get("/user")).toEqual({ kind: "failure", failure: { kind: "redirected" } });
    expect(host.requests).toEqual(["GET /user"]);
  });
});
