import { expect, test } from "vitest";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { deliveryViews } from "../../src/report/delivery-view.ts";
import type { Delivery } from "../../src/verdict.ts";

const host = (name: string): Delivery["hosts"][number] => ({
  verdict: "accepted",
  host: domainName(name) as DomainName,
  addresses: [],
});
const delivery = (policy: Delivery["policy"], mx: Delivery["mx"], ...hosts: readonly string[]): Delivery => ({
  policy,
  mx,
  outcome: "delivers",
  hosts: hosts.map(host),
});

test("MX sets that come to the same are told once", () => {
  const views = deliveryViews([
    delivery("proposed", "proposed", "a.example"),
    delivery("proposed", "deployed", "a.example"),
  ]);
  expect(views.map(({ holds }) => holds)).toEqual(["the proposed policy"]);
});

test("MX sets that differ are told apart, and policies always are", () => {
  const views = deliveryViews([
    delivery("proposed", "proposed", "a.example", "b.example"),
    delivery("proposed", "deployed", "a.example"),
    delivery("deployed", "deployed", "a.example"),
  ]);
  expect(views.map(({ holds }) => holds)).toEqual([
    "the proposed policy and sees the proposed MX",
    "the proposed policy and sees the deployed MX",
    "the deployed policy",
  ]);
});
