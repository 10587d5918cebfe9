// Runs the extension of Plugins/Editors/vscode in Node.js, with stand-ins for what VS Code and its language client give
// it: the client really starts the server that the extension names. Opens PLAN, waits for payouts, edits a rate, has the
// extension's commands run. Prints what was found as one JSON object.
const Module = require('module')
const { spawn } = require('child_process')
const fs = require('fs')
const plugin = process.env.PLUGIN
const plan = process.env.PLAN
const manifest = JSON.parse(fs.readFileSync(`${plugin}/package.json`, 'utf8'))
const uri = `file://${plan}`
const text = fs.readFileSync(plan, 'utf8')
const out = { registered: [], declared: manifest.contributes.commands.map(command => command.command) }
const commands = {}
const reports = []

class LanguageClient {
  constructor(_id, _name, server, options) {
    this.server = server
    this.options = options
    this.code2ProtocolConverter = { asUri: uri => uri.toString() }
    this.waiting = new Map()
    this.next = 1
  }

  async start() {
    this.process = spawn(this.server.command, this.server.args, { stdio: ['pipe', 'pipe', 'inherit'] })
    let buffer = Buffer.alloc(0)
    this.process.stdout.on('data', data => {
      buffer = Buffer.concat([buffer, data])
      for (;;) {
        const end = buffer.indexOf('\r\n\r\n')
        if (end < 0) return
        const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end))[1])
        if (buffer.length < end + 4 + length) return
        this.hear(JSON.parse(buffer.subarray(end + 4, end + 4 + length)))
        buffer = buffer.subarray(end + 4 + length)
      }
    })
    await this.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
    this.notify('initialized', {})
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } })
  }

  hear(message) {
    if (message.method) return
    const { resolve, reject } = this.waiting.get(message.id)
    if (message.error) reject(new Error(message.error.message))
    else resolve(message.result)
  }

  send(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  notify(method, params) { this.send({ method, params }) }

  async sendRequest(method, params) {
    const id = this.next++
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }))
    this.send({ id, method, params })
    const result = await answer
    if (method === 'workspace/executeCommand') reports.push({ command: params.command, text: result.text })
    return result
  }

  async stop() {
    await this.sendRequest('shutdown', null)
    this.notify('exit', null)
    await new Promise(resolve => this.process.on('exit', code => { out.exit = code; resolve() }))
  }
}

let client
const vscode = {
  window: {
    activeTextEditor: {
      document: { uri: { toString: () => uri }, getWordRangeAtPosition: () => ({}), getText: () => 'ann' },
      selection: { active: {} },
    },
    withProgress: (_options, body) => body({}, {}),
    showInputBox: async options => options.value,
  },
  workspace: {
    getConfiguration: section => ({
      get: name => section === 'incentive' && name === 'command'
        ? process.env.INCENTIVE : manifest.contributes.configuration.properties[`${section}.${name}`].default,
    }),
  },
  commands: {
    registerCommand: (name, body) => {
      out.registered.push(name)
      commands[name] = body
      return {}
    },
  },
  ProgressLocation: { Notification: 15 },
}
const load = Module._load
Module._load = (name, ...more) => {
  if (name === 'vscode') return vscode
  if (name === 'vscode-languageclient/node') {
    const LanguageClientHere = class extends LanguageClient {
      constructor(...words) {
        super(...words)
        client = this
      }
    }
    return { LanguageClient: LanguageClientHere, TransportKind: { stdio: 0 } }
  }
  return load(name, ...more)
}

async function hints() {
  const everything = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } }
  const hints = await client.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range: everything })
  return Object.fromEntries(hints.map(hint => [hint.position.line + 1, hint.label]))
}

async function main() {
  const extension = require(`${plugin}/${manifest.main}`)
  const context = { subscriptions: [] }
  await extension.activate(context)
  out.selector = client.options.documentSelector.map(selector => selector.language)
  out.before = await hints()
  client.notify('textDocument/didChange', {
    textDocument: { uri, version: 2 }, contentChanges: [{ text: text.replace('rate: 10%', 'rate: 12%') }],
  })
  out.after = await hints()
  for (const name of out.declared) await commands[name]()
  out.reports = reports.map(report => report.command)
  out.texts = reports.map(report => report.text).join('\n')
  await extension.deactivate()
  console.log(JSON.stringify(out))
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
