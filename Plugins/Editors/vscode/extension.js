// Starts `incentive lsp` for plans. The server looks only after YAML that is a plan.
const vscode = require('vscode')
const { LanguageClient, TransportKind } = require('vscode-languageclient/node')

let client

function order(more) {
  const editor = vscode.window.activeTextEditor
  return editor && { uri: client.code2ProtocolConverter.asUri(editor.document.uri), ...more }
}

async function run(command, more = {}) {
  const argument = order(more)
  if (!argument) return
  const progress = { location: vscode.ProgressLocation.Notification, title: 'Incentive', cancellable: true }
  await vscode.window.withProgress(progress, (_, token) =>
    client.sendRequest('workspace/executeCommand', { command, arguments: [argument] }, token))
}

async function explain() {
  const editor = vscode.window.activeTextEditor
  const range = editor && editor.document.getWordRangeAtPosition(editor.selection.active, /[^\s,"'{}[\]]+/)
  const value = range && editor.document.getText(range)
  const payee = await vscode.window.showInputBox({ prompt: 'Explain whose pay?', value })
  if (payee) await run('incentive.explainPayout', { payee })
}

exports.activate = async context => {
  const command = vscode.workspace.getConfiguration('incentive').get('command')
  const server = { command, args: ['lsp'], transport: TransportKind.stdio }
  client = new LanguageClient('incentive', 'IncentiveKit', server, {
    documentSelector: [{ language: 'yaml' }, { language: 'incentive-plan' }],
    synchronize: { configurationSection: 'incentive' },
  })
  context.subscriptions.push(
    vscode.commands.registerCommand('incentivekit.preview', () => run('incentive.previewPayouts')),
    vscode.commands.registerCommand('incentivekit.compare', () => run('incentive.compareWithSaved')),
    vscode.commands.registerCommand('incentivekit.explain', explain))
  await client.start()
}

exports.deactivate = () => client && client.stop()
