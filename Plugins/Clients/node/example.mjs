// Drives the host from Node, without packages: node example.mjs PATH-OF-INCENTIVE PLAN
// Amounts are strings in plain digits: do not make numbers of them.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

class Host {
  #process; #next = 0; #waiting = new Map();

  constructor(command, ...options) {
    this.#process = spawn(command, ["rpc", ...options], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#process.stdout }).on("line", (line) => {
      const message = JSON.parse(line);
      const waiting = this.#waiting.get(message.id);
      if (!waiting) return; // progress
      this.#waiting.delete(message.id);
      if (message.error) waiting.reject(Object.assign(new Error(message.error.message), message.error));
      else waiting.resolve(message.result);
    });
    this.#process.on("close", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("the host has ended"));
    });
  }

  call(method, params = {}) {
    const id = ++this.#next;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#process.stdin.write(JSON.stringify({ jsonrpc: "2.0", id, method, params }) + "\n");
    return answer;
  }

  /** All items of a list of an answer, page by page. */
  async *pages(answer, name) {
    for (let page = answer; ; page = await this.call("page/next", { cursor: page.cursor })) {
      yield* page[name];
      if (!page.cursor) return;
    }
  }

  close() { this.#process.stdin.end(); }
}

const [program, path] = process.argv.slice(2);
const host = new Host(program);
for (const { name } of (await host.call("templates/list")).templates) console.log("template", name);
console.log("formatted", !(await host.call("plan/format", { path })).changed);
const { plan } = await host.call("plan/open", { path });
const run = await host.call("plan/run", { plan, limit: 4 });
for await (const row of host.pages(run, "statements")) console.log(row.payee, row.period, row.total);
console.log("total", run.run.total);
const { text } = await host.call("plan/format", { path });
const edited = text.replace("rate: 10%", "rate: 12%");
for await (const change of host.pages(await host.call("plan/diff", { plan, text: edited }), "changes"))
  console.log(change.subject, change.before, "→", change.after);
console.log("more", (await host.call("plan/compare", { plan, text: edited })).difference);
const refused = await host.call("plan/run", { plan, payee: "nobody" }).catch((error) => error);
console.log(refused.code);
host.close();
