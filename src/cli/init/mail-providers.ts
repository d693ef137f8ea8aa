/** What is known of a mail provider, for the words of `init`: a policy is never made from this, but from the live MX answer. */
export interface MailProvider {
  readonly title: string;
  /** MX hosts end in one of these; a leading dot is not written, and the name itself counts. */
  readonly suffixes: readonly string[];
  /** One sentence for whoever uses it. */
  readonly note?: string;
  /** Where the provider keeps record and policy for its customers: what both names are an alias of. Only where it says so itself. */
  readonly delegation?: string;
  readonly source: string;
  /** ISO 8601, the day on which the source was read. */
  readonly read: string;
}

const READ = "2026-11-24";
const MX_TABLE = "https://useboring-mxrecordchecker-app.pages.dev/guides/mx-records-by-email-provider";

/** In the order in which they are tried. */
export const MAIL_PROVIDERS: readonly MailProvider[] = [
  {
    title: "Google Workspace",
    suffixes: ["l.google.com", "smtp.google.com", "googlemail.com"],
    note: "Google serves no policy for its customers; its page asks for two weeks of testing before enforce",
    source: "https://support.google.com/a/answer/9276511",
    read: READ,
  },
  {
    title: "Microsoft 365",
    suffixes: ["mail.protection.outlook.com", "mx.microsoft"],
    note: "the host is this tenant's alone, and Microsoft serves no policy for its customers; a wildcard would cover every other tenant's host too",
    source: "https://learn.microsoft.com/en-us/purview/enhancing-mail-flow-with-mta-sts",
    read: READ,
  },
  {
    title: "Zoho Mail",
    suffixes: ["zoho.com", "zoho.eu", "zoho.in", "zoho.com.au", "zoho.jp"],
    note: "Zoho serves no policy for its customers; the hosts differ by data centre",
    source: "https://www.zoho.com/mail/help/adminconsole/advanced-security-configuration.html",
    read: READ,
  },
  {
    title: "Tuta",
    suffixes: ["mail.tutanota.de", "mail.tutanota.com", "mail.tuta.com"],
    note: "Tuta keeps record, policy and certificate for its customers by two CNAME records; with them no policy is needed here",
    delegation: "mta-sts.tutanota.de",
    source: "https://tuta.com/blog/tutanota-letsencrypt-launch-mta-sts-tls",
    read: READ,
  },
  {
    title: "Proton Mail",
    suffixes: ["protonmail.ch"],
    note: "Proton serves no policy for custom domains",
    source: "https://privsec.dev/posts/knowledge/setting-up-mta-sts-with-a-custom-domain-on-proton-mail",
    read: READ,
  },
  { title: "Fastmail", suffixes: ["messagingengine.com"], source: MX_TABLE, read: READ },
  { title: "iCloud Mail", suffixes: ["mail.icloud.com"], source: MX_TABLE, read: READ },
  { title: "Migadu", suffixes: ["migadu.com"], source: MX_TABLE, read: READ },
  { title: "Rackspace", suffixes: ["emailsrvr.com"], source: MX_TABLE, read: READ },
];

/** Whose host this is, where it is known. */
export function mailProviderOf(host: string): MailProvider | undefined {
  const isBelow = (suffix: string): boolean => host === suffix || host.endsWith(`.${suffix}`);
  return MAIL_PROVIDERS.find(({ suffixes }) => suffixes.some(isBelow));
}
