// The sections this project cites. A wrong number does not compile.
interface Sections {
  readonly "RFC 8461":
    | "3.1"
    | "3.2"
    | "3.3"
    | "3.4"
    | "4"
    | "4.1"
    | "4.2"
    | "5"
    | "5.1"
    | "7.1"
    | "7.2"
    | "8.1"
    | "8.2"
    | "8.3"
    | "8.4"
    | "10.2"
    | "10.4";
  readonly "RFC 8460": "3" | "4.3" | "4.3.1" | "4.3.2.2" | "4.3.3" | "4.4";
  readonly "RFC 5321": "4.1.2" | "4.2" | "5.1";
  readonly "RFC 7505": "3";
  readonly "RFC 7672": "2.2" | "3.1";
  readonly "RFC 9525": "6.3";
}

export interface Citation {
  readonly text: string;
  readonly url: string;
}

export function cite<Document extends keyof Sections>(document: Document, section: Sections[Document]): Citation {
  const anchor = document.toLowerCase().replace(" ", "");
  return { text: `${document} §${section}`, url: `https://www.rfc-editor.org/rfc/${anchor}#section-${section}` };
}
