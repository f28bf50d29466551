/** A `[securestring]`: text that is never printed. */
export class SecureString {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  /** The text itself, for the one place that has to send it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return "System.Security.SecureString";
  }
}

/** A `[pscredential]`. */
export class Credential {
  readonly userName: string;
  readonly password: SecureString;

  constructor(userName: string, password: SecureString) {
    this.userName = userName;
    this.password = password;
  }

  toString(): string {
    return "System.Management.Automation.PSCredential";
  }
}
