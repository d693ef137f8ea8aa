import type { Location } from "../location.ts";

/** A location in words, for people: `path:line:column`, a DNS owner and type, a URL, a host. Not inert: goes through a sink. */
export function placeOf(location: Location): string {
  switch (location.kind) {
    case "file":
      return `${location.path}:${location.span.startLine}:${location.span.startColumn}`;
    case "input":
      return `input ${location.name}`;
    case "dns":
      return `${location.owner} ${location.type}`;
    case "policy-host":
      return withAddress(location.url, location.address);
    case "mx-host":
      return withAddress(location.host, location.address);
  }
}

/** `path:line`, which editors and GitHub's search take; other places as {@link placeOf}. */
export function lineOf(location: Location): string {
  return location.kind === "file" ? `${location.path}:${location.span.startLine}` : placeOf(location);
}

const withAddress = (name: string, address: string | undefined): string => (address ? `${name} (${address})` : name);
