import { describe, expect, test } from "vitest";
import { MAIL_PROVIDERS, mailProviderOf } from "../../../src/cli/init/mail-providers.ts";
import { domainName } from "../../../src/protocol/domain-name.ts";

describe("mailProviderOf", () => {
  test.each([
    ["aspmx.l.google.com", "Google Workspace"],
    ["smtp.google.com", "Google Workspace"],
    ["example-com.mail.protection.outlook.com", "Microsoft 365"],
    ["example-com.d-v1.mx.microsoft", "Microsoft 365"],
    ["mx2.zoho.eu", "Zoho Mail"],
    ["mail.tutanota.de", "Tuta"],
    ["mailsec.protonmail.ch", "Proton Mail"],
    ["in1-smtp.messagingengine.com", "Fastmail"],
    ["mx01.mail.icloud.com", "iCloud Mail"],
  ])("%s: %s", (host, title) => expect(mailProviderOf(host)?.title).toBe(title));

  test.each(["mx.example.com", "google.com.example.com", "evilsmtp.google.com.attacker.example", "notzoho.com"])(
    "%s is nobody's that is known",
    (host) => expect(mailProviderOf(host)).toBeUndefined(),
  );
});

test.each(MAIL_PROVIDERS.map((row) => [row.title, row] as const))("%s: names, a source, and a day", (_, row) => {
  expect(row.suffixes.length).toBeGreaterThan(0);
  for (const name of [...row.suffixes, ...(row.delegation === undefined ? [] : [row.delegation])])
    expect(domainName(name)).toBe(name);
  expect(new URL(row.source).protocol).toBe("https:");
  expect(row.read).toMatch(/^20[0-9]{2}-[01][0-9]-[0-3][0-9]$/);
  expect(row.note ?? "").not.toMatch(/\.$|[^\x20-\x7e]/);
});
