import { request as plain } from "node:http";
import { request as secure } from "node:https";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookie: string | undefined;
}

export interface AskOptions {
  readonly body?: string;
  readonly cookie?: string | undefined;
}

/** Asks a server whose certificate nobody knows: GET, or POST where there is a body. */
export function ask(url: string, { body, cookie }: AskOptions = {}): Promise<Answer> {
  const send = url.startsWith("https:") ? secure : plain;
  return new Promise((resolve, reject) => {
    const headers = {
      ...(body === undefined ? {} : { "Content-Type": "text/xml", SOAPAction: '"urn:vim25/8.0.3.0"' }),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    };
    const options = { method: body === undefined ? "GET" : "POST", headers, rejectUnauthorized: false, agent: false };
    const asked = send(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          text,
          cookie: response.headers["set-cookie"]?.[0]?.replace(/;.*$/, ""),
        }),
      );
      response.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** A call of a vim25 method, in SOAP. */
export const call = (method: string, self: string, args = ""): string =>
  `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><${method} xmlns="urn:vim25"><_this type="${self.split(":")[0]}">${self.split(":")[1]}</_this>${args}</${method}></Body></Envelope>`;

/** Logs in; the answer has the session's cookie. */
export const login = (url: string, user: string, password: string): Promise<Answer> =>
  ask(url, {
    body: call(
      "Login",
      "SessionManager:SessionManager",
      `<userName>${user}</userName><password>${password}</password>`,
    ),
  });
