import yargs from "yargs";
import { type ServeOption, serveOptions } from "./option.ts";

const usage = `Turns the simulated vCenter into a server: govc, pyvmomi, PowerCLI, Terraform, Ansible and Packer take it for a vCenter.

fargo serve [options]`;

const epilogue = `It prints where it listens, who may log in, and lines to copy. SIGINT (Ctrl-C) or SIGTERM ends it, with exit code 0;
1: it could not listen; 2: wrong usage.

  fargo serve
  fargo serve --listen 127.0.0.1:0 --inventory machines=2500,clusters=4,hosts=8
  FARGO_PASSWORD=... fargo serve --listen 0.0.0.0:443 --cert cert.pem --key key.pem

fargo vcsim takes vcsim's flags. A script that is called serve is run by: fargo ./serve`;

/** What `fargo serve --help` prints. */
export async function serveHelp(width: number): Promise<string> {
  let built = yargs([])
    .scriptName("fargo serve")
    .locale("en")
    .usage(usage)
    .parserConfiguration({ "boolean-negation": false })
    .exitProcess(false)
    .wrap(width)
    .help("help", "Show this help")
    .alias("help", "h")
    .version(false)
    .epilogue(epilogue);
  for (const [name, option] of Object.entries<ServeOption>(serveOptions)) {
    const describe = option.value === undefined ? option.describe : `${option.describe} <${option.value}>`;
    built = built.option(name, { type: option.type, describe });
  }
  return built.getHelp();
}
