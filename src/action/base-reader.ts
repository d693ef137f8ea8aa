import type { Options } from "../options.ts";
import type { ReadBase } from "../run/repository.ts";
import type { Runner } from "../run/runner.ts";
import { openApi } from "./api.ts";
import { repositoryWithBase } from "./base-tree.ts";

/** Milliseconds for the API, and attempts after the first. */
const PATIENCE = { budget: 60_000, retries: 2 };

const NOTE =
  "The clone lacks the base, so it was read through GitHub's API, without its history; `fetch-depth: 2` saves that.";

/** The way to a base through GitHub's API; undefined where there is no token, or no repository to ask for. */
export function baseReader({ repository: slug, apiUrl }: Runner, token: Options["githubToken"]): ReadBase | undefined {
  if (!token || !slug) return undefined;
  return async (absent, signal) => {
    const api = await openApi({ token, baseUrl: apiUrl, signal, ...PATIENCE });
    const repository = await repositoryWithBase(api, { ...absent, repository: slug });
    return { repository, notes: [NOTE], apiHost: api.host };
  };
}
